import { catalog, emitterRegistration } from '@team/contracts';
import * as z from 'zod';
import { principals, text } from './parts.ts';

const intents: readonly string[] = catalog.filter((contract) => contract.kind === 'intent').map((contract) => contract.detailType);

/** A system that may put intents on the bus, and for whom. What is not stated is denied. */
export const emitterDocument = z.strictObject({
  kind: z.literal('Emitter'),
  name: emitterRegistration.shape.name.describe('Name of the system; unique among emitters.'),
  role: emitterRegistration.shape.roleArn.describe('ARN of the role under which it puts events; unique among emitters.'),
  source: emitterRegistration.shape.source
    .refine((source) => !source.startsWith('aws.'), 'aws.… belongs to AWS')
    .refine((source) => !/^team\.(request|approval|expiry|provisioning|audit)$/.test(source), 'is the source of one of the services')
    .refine((source) => !/^team\.portal(\.|$)/.test(source), 'is the source of the portal or of what calls it')
    .describe('The source of its events.'),
  detailTypes: z
    .array(z.enum(intents, `is none of the intents: ${intents.join(', ')}`))
    .min(1)
    .describe('The intents that it may put.'),
  mayAskFor: z
    .union([z.literal('everyone'), principals], 'is neither everyone nor groups and users')
    .optional()
    .describe('For whom it may ask; nobody unless said.'),
  mayAskForOthers: principals.optional().describe('Which of the people that it names in askedBy may ask for somebody else; all unless said.'),
  mayRevoke: z.boolean().optional().describe('It may end anybody’s access.'),
  mayDecide: z.strictObject({ keyId: text }).optional().describe('It is an approval channel that signs with this KMS key.'),
  mayAdminister: z.boolean().optional().describe('It may submit policies.'),
  mayBreakGlass: z.boolean().optional().describe('It may ask for break glass.'),
});
export type EmitterDocument = z.infer<typeof emitterDocument>;
