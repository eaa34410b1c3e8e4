import { createWorld, type SeenEvent, type World, type WorldOptions } from '../../infra/local/src/play/world.ts';
import { iamFor } from '../least-privilege/deployment.ts';
import { organization, policies } from './fixture.ts';

export * from './fixture.ts';

const denied: string[] = [];
/** What functions were denied in worlds of `monday` since this was asked last: their names, each with the action. */
export const takeDenied = (): string[] => denied.splice(0);

/** A test in which a function asked for what its role does not allow fails, whatever came of it in the end. */
afterEach(() => {
  expect(takeDenied()).toEqual([]);
});

/**
 * A world on the fixture organization, on a Monday morning. Each function calls in the role that the AWS app deploys for it, and the app's
 * policies judge every call of functions and emitters. `options.more.iam` puts another judge in their place.
 */
export function monday(options: Partial<WorldOptions> = {}): Promise<World> {
  const chosen = { organization, policies, startAt: '2026-03-02T09:00:00.000Z', seed: 7, ...options };
  const iam = options.more?.iam ?? iamFor(chosen.organization, chosen.policies.emitters, (functionName, action, allowed) => {
    if (!allowed) denied.push(`${functionName} ${action}`);
  });
  return createWorld({ ...chosen, more: { ...options.more, iam } });
}

/** Codes of the reasons that an event gives. */
export function codesOf({ detail }: SeenEvent): string[] {
  const { reasons, reason } = detail.data;
  const given: unknown[] = Array.isArray(reasons) ? reasons : [reason];
  return given.flatMap((one) => (typeof one === 'object' && one !== null && 'code' in one ? [String(one.code)] : []));
}

/** Detail-types of a request's events without their major, in the order of the bus. */
export const typesOf = (events: readonly SeenEvent[]): string[] => events.map(({ detailType }) => detailType.replace(/\.v\d+$/, ''));

/** Accounts in which developers need no approval. */
export const devAccounts = ['671620953885', '248972909258', '467842233784', '306649314088', '431982473455', '922691641483', '342608970681', '556113719415'];
