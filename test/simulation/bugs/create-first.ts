import { usualParts } from '@team/provisioning/compose';
import type { Composers } from '../../../infra/local/src/system/compose-services.ts';
import { provisioningWith } from './bug.ts';
import { sendingThrough } from './calls.ts';

type Assignment = Parameters<typeof usualParts.dueAt>[0];
type Create = ReturnType<ReturnType<typeof usualParts.identityCenterAssignments>>['create'];

/** What a write begins: a creation that AWS has not been told of. */
function creationIn(input: Readonly<Record<string, unknown>>): Assignment | undefined {
  const values = typeof input['ExpressionAttributeValues'] === 'object' ? Object.values({ ...input['ExpressionAttributeValues'] }) : [];
  return values.find((value): value is Assignment => isAssignment(value) && value.op?.kind === 'create' && value.op.awsRequestId === undefined);
}

const isAssignment = (value: unknown): value is Assignment => typeof value === 'object' && value !== null && 'ownership' in value;

/** The provisioning service, which calls AWS first and stores the operation afterwards. */
export const createFirst: Composers['provisioning'] = (place) => {
  const answers = new Map<string, ReturnType<Create>>();
  const keyOf = (assignment: object, epoch: number): string => JSON.stringify([assignment, epoch]);
  const early: { create?: Create } = {};
  const documents = sendingThrough(place.platform.clients.documents, async ({ input }, next) => {
    const begun = creationIn(input);
    if (begun !== undefined && early.create !== undefined) {
      const key = keyOf(begun.assignment, begun.epoch);
      const answer = answers.get(key) ?? early.create(begun.assignment);
      answers.set(key, answer);
      await answer;
    }
    return next();
  });
  const composed = provisioningWith({
    identityCenterAssignments: (client, instanceArn) => (onCall) => {
      const usual = usualParts.identityCenterAssignments(client, instanceArn)(onCall);
      early.create = (assignment) => usual.create(assignment);
      return {
        ...usual,
        create(assignment) {
          const [key, answer] = [...answers].findLast(([known]) => known.startsWith(`[${JSON.stringify(assignment)}`)) ?? [];
          if (key === undefined || answer === undefined) return usual.create(assignment);
          answers.delete(key);
          return answer;
        },
      };
    },
  });
  return composed.provisioning({ ...place, platform: { ...place.platform, clients: { ...place.platform.clients, documents } } });
};
