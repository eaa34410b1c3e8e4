import * as z from 'zod';
import { policyDocument } from './documents/policy-document.ts';

/** What the checks beyond a member's shape say, which JSON Schema is not told: they are found when the file is read. */
const description = 'One document of a policy file of TEAM. Generated from the definitions that read it. Names and what members say together are checked by TEAM alone.';

/**
 * JSON Schema of one document of a policy file, for editors. Draft 7: what editors know best.
 * A file that holds several documents is held against it document by document.
 */
export function policySchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(policyDocument, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => {
      // The pattern that zod adds to a format changes between its releases.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return { $schema, title: 'Policies of TEAM', description, ...rest };
}

/** As it is published. */
export const policySchemaText = (): string => `${JSON.stringify(policySchema(), null, 2)}\n`;
