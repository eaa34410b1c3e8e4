import type { CallAnswer, OperationStatus } from '../../services/provisioning/src/application/ports.ts';
import type { Operation } from '../../services/provisioning/src/domain/assignment.ts';
import { doubtOf, type Aws, type AwsOperation, type World } from './assignment-world.ts';
import type { Call, Reply } from './drive-replay.ts';
import type { Move } from './explore.ts';

/** One way in which Identity Center may answer. */
interface Answered {
  readonly label: string;
  readonly reply: Reply;
  readonly aws: Aws;
  readonly fault?: boolean;
}

const reason = { code: 'ERR_IDENTITY_CENTER_FAILED', message: 'not now' } as const;
const underWay = ({ operations }: Aws): AwsOperation | undefined => operations.find(({ status }) => status === 'in-progress');

/** All that may come of a call: each is made once. */
export function answersOf({ aws }: World, call: Exclude<Call, { to: 'execute' }>): Answered[] {
  switch (call.to) {
    case 'create':
      return changed(aws, 'create');
    case 'remove':
      return changed(aws, 'delete');
    case 'isPresent': {
      const value = aws.holds !== 'nothing';
      const looked = { label: value ? 'it is there' : 'it is not there', reply: { answered: true, value } as const, aws };
      return [looked, unanswered(aws, true), unanswered(aws, false)];
    }
    case 'findInProgress': {
      const found = aws.operations.find(({ kind, status }) => kind === call.kind && status === 'in-progress');
      const label = found === undefined ? 'nothing is under way' : 'it is under way';
      return [{ label, reply: { answered: true, value: found?.id }, aws }, unanswered(aws, true)];
    }
    case 'statusOf': {
      const status = aws.operations.find(({ id }) => id === call.awsRequestId)?.status ?? 'forgotten';
      const value: OperationStatus = status === 'failed' ? { status, reason } : { status };
      const told: Answered[] = [{ label: `status ${status}`, reply: { answered: true, value }, aws }, unanswered(aws, true)];
      if (status === 'in-progress') return told;
      return [...told, { label: 'AWS forgot it', reply: { answered: true, value: { status: 'forgotten' } }, aws, fault: true }];
    }
  }
}

const unanswered = (aws: Aws, down: boolean): Answered => ({
  label: down ? 'AWS is silent' : 'AWS refuses to say',
  reply: { answered: false, down, reason },
  aws,
  fault: true,
});

/** One operation on a role at a time: another is refused as a conflict. */
function changed(aws: Aws, kind: Operation['kind']): Answered[] {
  const refused = (refusal: 'busy' | 'impossible'): CallAnswer => ({ kind: 'refused', refusal, throttled: false, reason });
  const conflict = { label: `${kind} is refused as a conflict`, reply: refused('busy'), aws };
  const never = { label: `${kind} does not reach AWS`, reply: { kind: 'unclear', reason } as const, aws, fault: true };
  if (underWay(aws) !== undefined) return [conflict, never];
  const id = `aws-${aws.begun + 1}`;
  const taken: Aws = { ...aws, begun: aws.begun + 1, operations: [...aws.operations, { id, kind, status: 'in-progress' }] };
  return [
    { label: `${kind} is taken`, reply: { kind: 'accepted', awsRequestId: id }, aws: taken },
    { label: `${kind} is taken, and nobody hears`, reply: { kind: 'unclear', reason }, aws: taken, fault: true },
    { ...conflict, fault: true },
    { label: `${kind} is refused for good`, reply: refused('impossible'), aws, fault: true },
    never,
  ];
}

/** What Identity Center does by itself: it finishes what it took. */
export function awsMoves(world: World, faulty: (world: World, label: string, state: World) => Move<World>[]): Move<World>[] {
  const { aws } = world;
  const operation = underWay(aws);
  if (operation === undefined) return [];
  const { id, kind } = operation;
  const finished = (status: AwsOperation['status'], holds: Aws['holds'] = aws.holds): World => ({
    ...world,
    aws: { ...aws, holds, twin: holds === 'by-hand' && aws.twin, operations: aws.operations.map((one) => (one.id === id ? { ...one, status } : one)) },
  });
  const effect = kind === 'create' ? 'ours' : 'nothing';
  if (kind === 'delete' && aws.holds === 'nothing') return [{ label: 'the delete fails, for nothing is there', state: finished('failed') }];
  return [
    { label: `the ${kind} succeeds`, state: finished('succeeded', effect) },
    ...faulty(world, `the ${kind} fails`, finished('failed')),
    ...faulty(world, `the ${kind} is called failed, and is done`, finished('failed', effect)),
  ];
}

/** What people do by hand. */
export function handMoves(world: World): Move<World>[] {
  const { aws, item, passes } = world;
  if (aws.holds !== 'nothing') {
    return [{ label: 'somebody removes it by hand', optional: true, state: { ...world, aws: { ...aws, holds: 'nothing', twin: false, meddled: true } } }];
  }
  const looked = passes.some(({ step }) => step?.call?.to === 'execute' && step.call.command.type === 'looked' && !step.call.command.present);
  const twin = looked || item?.ownership === 'ours' || doubtOf(item, world.now) !== undefined;
  return [{ label: 'somebody makes it by hand', optional: true, state: { ...world, aws: { ...aws, holds: 'by-hand', twin } } }];
}
