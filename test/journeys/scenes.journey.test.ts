import { actionsOf } from '@team/runtime';
import { scenes } from '../../infra/local/src/demo/scenes.ts';
import { createScript } from '../../infra/local/src/demo/script.ts';
import { manifests } from '../../infra/local/src/system/create-system.ts';
import { serviceCaller } from '../../infra/local/src/system/who.ts';
import { monday } from './worlds.ts';

const called = new Map<string, Set<string>>();
let statements: ReturnType<ReturnType<typeof createScript>['statements']>;

beforeAll(async () => {
  let seeded = false;
  const world = await monday({
    more: {
      intercept: (call, next) => {
        if (seeded) called.set(call.caller.name, (called.get(call.caller.name) ?? new Set<string>()).add(call.action));
        return next();
      },
    },
  });
  seeded = true;
  const play = createScript(world, () => undefined);
  for (const [, scene] of scenes) await scene(play.script);
  statements = play.statements();
}, 60_000);

it('plays every scene of the demo, and every statement in it holds', () => {
  expect(statements.failed).toEqual([]);
  expect(statements.made).toBeGreaterThan(40);
});

/** IAM knows some calls by other names, and has no right of its own to send several at once. */
const asIamKnowsIt: Readonly<Record<string, string>> = { ListObjectsV2: 'ListBucket', SendMessageBatch: 'SendMessage' };

it.each(manifests.map(({ name }) => name))('%s calls nothing of AWS but what its manifest asks rights for', (name) => {
  const manifest = manifests.find((one) => one.name === name);
  const actions = Object.values(manifest?.functions ?? {}).flatMap((definition) => actionsOf(definition, 'lookup').map((action) => action.split(':')[1]));
  // IAM knows no right of its own to send several at once.
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
  const calls = [...(called.get(serviceCaller(name)) ?? [])].map((action) => asIamKnowsIt[action] ?? action);
  expect(calls).not.toEqual([]);
  expect(calls.filter((action) => !actions.includes(action))).toEqual([]);
});
