import { sameId } from './people.ts';
import type { RejectionReason } from './reasons.ts';

/** What one person has open: what the caps count and identical requests are compared with. */
export interface RequesterState {
  readonly open: Readonly<Record<string, OpenRequest>>;
  /** Requests that are over, and until when (ms) that is remembered: a slow judgement must not admit them again. */
  readonly over?: Readonly<Record<string, number>>;
}

/** No judgement takes longer than this (ms): it is the longest that Lambda lets a function run. */
const longestJudgementMs = 15 * 60_000;

export interface OpenRequest {
  /** Open targets by grant id. */
  readonly grants: Readonly<Record<string, string>>;
  readonly startAt: string | null;
  readonly durationMinutes: number;
  /** User id of who asked, where that is somebody else. */
  readonly askedBy?: string;
  /** Of an extension: what it extends, and the first request of the stretch. */
  readonly extends?: string;
  readonly stretch?: string;
  /** Nothing of it can be open after this (ms): a lost end never counts against the person for ever. */
  readonly until: number;
}

/** How many requests may be open at once that name a permission set, by its ARN. */
export type Caps = Readonly<Record<string, number>>;

export type RequesterCommand =
  | { readonly type: 'admit'; readonly requestId: string; readonly request: OpenRequest; readonly cap: number; readonly caps?: Caps }
  | { readonly type: 'release'; readonly requestId: string; readonly grantId?: string };

export type RequesterEvent =
  | { readonly type: 'RequestAdmitted'; readonly data: { readonly requestId: string; readonly request: OpenRequest; readonly at: number } }
  | { readonly type: 'GrantReleased'; readonly data: { readonly requestId: string; readonly grantId?: string; readonly at: number } };

/** What a grant's target is called here: the same for the same account and permission set. */
export const targetKey = (accountId: string, permissionSetArn: string): string => `${accountId}/${permissionSetArn}`;

const setOf = (target: string): string => target.slice(target.indexOf('/') + 1);

const live = (state: RequesterState | undefined, now: number): [string, OpenRequest][] =>
  Object.entries(state?.open ?? {}).filter(([, request]) => request.until > now);

/** Why one more request cannot be admitted; empty where it can, or already is. */
export function admissionProblems(
  state: RequesterState | undefined,
  { requestId, request, cap, caps = {} }: Extract<RequesterCommand, { type: 'admit' }>,
  now: number,
): readonly RejectionReason[] {
  if (state?.open[requestId] !== undefined || isOver(state, requestId, now)) return [];
  const open = live(state, now);
  if (request.extends !== undefined) return extensionProblems(state, { extended: request.extends, targets: Object.values(request.grants), askedBy: request.askedBy }, now);
  const problems: RejectionReason[] = [];
  const openCount = countOf(open);
  if (openCount >= cap) {
    const message = `${openCount} requests are open and ${cap} are allowed; wait for one to end, or end one`;
    problems.push({ code: 'ERR_TOO_MANY_OPEN', message });
  }
  const wanted = new Set(Object.values(request.grants));
  for (const arn of new Set([...wanted].map(setOf))) {
    const most = caps[arn];
    const having = countOf(open.filter(([, other]) => Object.values(other.grants).some((target) => setOf(target) === arn)));
    if (most !== undefined && having >= most) {
      problems.push({ code: 'ERR_TOO_MANY_OPEN', message: `${having} requests for ${arn} are open and ${most} are allowed; wait for one to end, or end one` });
    }
  }
  const twin = open.find(
    ([, other]) =>
      other.extends === undefined &&
      other.startAt === request.startAt &&
      other.durationMinutes === request.durationMinutes &&
      Object.values(other.grants).some((target) => wanted.has(target)),
  );
  if (twin !== undefined) {
    const which = isToldOf(twin[1], request.askedBy) ? `request ${twin[0]}` : 'a request by somebody else';
    problems.push({ code: 'ERR_IDENTICAL_OPEN', message: `${which} for the same target, start and duration is still open` });
  }
  return problems;
}

/** An extension belongs to what it extends: both count as one. */
const countOf = (open: readonly [string, OpenRequest][]): number => new Set(open.map(([requestId, { stretch }]) => stretch ?? requestId)).size;

/** Whether whoever asks is told which of a person's requests this is: the person is, and who asked for it themselves. Its id is nobody else's to know. */
const isToldOf = (open: OpenRequest, askedBy: string | undefined): boolean => askedBy === undefined || (open.askedBy !== undefined && sameId(open.askedBy, askedBy));

/** What would be extended of what somebody has. */
export interface Extending {
  /** Id of the request. */
  readonly extended: string;
  /** Which of its targets. */
  readonly targets: readonly string[];
  /** User id of who asks for it, where that is somebody else. */
  readonly askedBy: string | undefined;
}

/** Why this cannot be extended by one more, as far as what is open tells. An extension counts for no cap: what it extends has been counted. */
export function extensionProblems(state: RequesterState | undefined, { extended, targets: extending, askedBy }: Extending, now: number): readonly RejectionReason[] {
  const open = live(state, now);
  const field = 'data.extends';
  const running = open.find(([requestId]) => requestId === extended)?.[1];
  if (running === undefined) {
    return [{ code: 'ERR_EXTENDS_ENDED', message: `request ${extended} is over, and what has ended cannot be extended; make a new request`, field }];
  }
  const problems: RejectionReason[] = [];
  const targets = new Set(Object.values(running.grants));
  const over = extending.filter((target) => !targets.has(target));
  if (over.length > 0) {
    const message = `of request ${extended}, ${over.length} of these targets ${over.length === 1 ? 'is' : 'are'} over and cannot be extended`;
    problems.push({ code: 'ERR_EXTENDS_TARGET', message, field });
  }
  const twin = open.find(([, other]) => other.extends === extended);
  if (twin !== undefined) {
    const message = isToldOf(twin[1], askedBy)
      ? `request ${extended} has an extension already, ${twin[0]}: extend that one when it runs, or end it`
      : `request ${extended} has an extension already, by somebody else: whoever has the access can extend that one when it runs, or end it`;
    problems.push({ code: 'ERR_EXTENDS_TWICE', message, field });
  }
  return problems;
}

/** An extension ends its duration after what it extends. */
function lasting(state: RequesterState | undefined, request: OpenRequest): OpenRequest {
  const extended = request.extends === undefined ? undefined : state?.open[request.extends];
  return extended === undefined ? request : { ...request, until: Math.max(request.until, extended.until + request.durationMinutes * 60_000) };
}

/** Admits a request, or nothing where `admissionProblems` finds something. */
export function decideRequester(state: RequesterState | undefined, command: RequesterCommand, now: number): readonly RequesterEvent[] {
  const known = state?.open[command.requestId];
  if (command.type === 'admit') {
    if (known !== undefined || isOver(state, command.requestId, now) || admissionProblems(state, command, now).length > 0) return [];
    return [{ type: 'RequestAdmitted', data: { requestId: command.requestId, request: lasting(state, command.request), at: now } }];
  }
  const { requestId, grantId } = command;
  if (known === undefined || (grantId !== undefined && known.grants[grantId] === undefined)) return [];
  return [{ type: 'GrantReleased', data: { requestId, ...(grantId === undefined ? {} : { grantId }), at: now } }];
}

export function evolveRequester(state: RequesterState | undefined, event: RequesterEvent): RequesterState {
  const { requestId, at } = event.data;
  const over = Object.fromEntries(Object.entries(state?.over ?? {}).filter(([, until]) => until > at));
  if (event.type === 'RequestAdmitted') return { open: { ...Object.fromEntries(live(state, at)), [requestId]: event.data.request }, over };
  const { grantId } = event.data;
  const { [requestId]: request, ...others } = state?.open ?? {};
  const { [grantId ?? '']: _released, ...grants } = request?.grants ?? {};
  if (request !== undefined && grantId !== undefined && Object.keys(grants).length > 0) return { open: { ...others, [requestId]: { ...request, grants } }, over };
  return { open: others, over: { ...over, [requestId]: at + longestJudgementMs } };
}

const isOver = (state: RequesterState | undefined, requestId: string, now: number): boolean => (state?.over?.[requestId] ?? 0) > now;
