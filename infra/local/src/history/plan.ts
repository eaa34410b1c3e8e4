import { seededRandom } from '../cloud/index.ts';
import type { Cast, Person } from './cast.ts';
import { chooser, type Chooser } from './chooser.ts';
import { consents, endings, occasions, refusals, withdrawals, type Occasion } from './occasions.ts';
import { deadlineMinutes, overAt, type Act, type Extension, type PastRequest } from './past-request.ts';
import { specials } from './specials.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** What an ordinary request is: who asks for what, where, for how long (minutes), and who may say yes, stage by stage. */
interface Kind {
  readonly occasion: Occasion;
  readonly weight: number;
  readonly who: readonly Person[];
  readonly accounts: readonly string[];
  readonly permissionSet: string;
  readonly durations: readonly number[];
  readonly approvers: readonly (readonly Person[])[];
  readonly ticket?: true;
}

function kindsOf({ developers, engineers, leads, security, production, test, development }: Cast): readonly Kind[] {
  const peers = [...engineers, ...leads];
  return [
    { occasion: 'develop', weight: 24, who: developers, accounts: development, permissionSet: 'PowerUserAccess', durations: [60, 120, 240, 480], approvers: [] },
    { occasion: 'read-production', weight: 36, who: developers, accounts: production, permissionSet: 'ReadOnlyAccess', durations: [30, 60, 120], approvers: [leads] },
    { occasion: 'operate', weight: 22, who: engineers, accounts: production, permissionSet: 'PowerUserAccess', durations: [60, 120, 240], approvers: [leads], ticket: true },
    { occasion: 'test', weight: 9, who: engineers, accounts: test, permissionSet: 'PowerUserAccess', durations: [120, 240], approvers: [peers], ticket: true },
    { occasion: 'administer', weight: 4, who: engineers, accounts: production, permissionSet: 'AdministratorAccess', durations: [30, 60], approvers: [leads, security], ticket: true },
    { occasion: 'secure', weight: 5, who: security, accounts: production, permissionSet: 'ReadOnlyAccess', durations: [30, 60], approvers: [leads] },
  ];
}

/** The requests of the days before `end` (a midnight of UTC, ms since the epoch), in the order of time. The same for the same `end`. */
export function planOf(cast: Cast, end: number, days: number): readonly PastRequest[] {
  const choose = chooser(seededRandom(28));
  const kinds = kindsOf(cast);
  const held = new Map<string, number>();
  const planned: PastRequest[] = [];
  let ticket = 4_100;

  const keep = (request: PastRequest): void => {
    const keys = request.accounts.map((account) => `${request.requester} ${account} ${request.permissionSet}`);
    // Nobody asks for what they have, and at the end everything is over.
    if (overAt(request) > end || keys.some((key) => (held.get(key) ?? 0) > request.at)) return;
    // What fails may be asked for again at once.
    if (request.fails !== true) for (const key of keys) held.set(key, overAt(request));
    planned.push(request);
  };

  let workday = 0;
  for (let midnight = end - days * dayMs; midnight < end; midnight += dayMs) {
    const weekend = [0, 6].includes(new Date(midnight).getUTCDay());
    for (let count = weekend ? choose.whole(0, 1) : choose.whole(9, 13); count > 0; count -= 1) {
      const kind = choose.weighted(kinds);
      const requester = choose.one(kind.who);
      const at = midnight + (choose.whole(8 * 60, 16 * 60 + 30) - requester.ahead * 60) * minuteMs + choose.whole(0, 59) * 1000;
      ticket += choose.whole(1, 9);
      keep(ordinary(kind, requester, at, ticket, choose));
    }
    if (!weekend) for (const request of specials(cast, midnight, (workday += 1))) keep(request);
  }
  return planned.sort((a, b) => a.at - b.at);
}

function ordinary(kind: Kind, requester: Person, at: number, ticket: number, choose: Chooser): PastRequest {
  const durationMinutes = choose.one(kind.durations);
  const several = kind.permissionSet !== 'AdministratorAccess' && choose.happens(0.1);
  const accounts = choose.some(kind.accounts, several ? choose.whole(2, 3) : 1);
  const startsAfter = choose.happens(0.06) ? choose.whole(2, 3) * 60 : undefined;
  const common = {
    at,
    requester: requester.userName,
    accounts,
    permissionSet: kind.permissionSet,
    durationMinutes,
    justification: choose.one(occasions[kind.occasion]),
    ...(kind.ticket === true || choose.happens(0.3) ? { ticket: `OPS-${ticket}` } : {}),
    ...(startsAfter === undefined ? {} : { startsAfter }),
    ...(kind.occasion === 'develop' && choose.happens(0.35) ? { emitter: 'deploy-pipeline' as const } : kind.occasion === 'test' && choose.happens(0.4) ? { emitter: 'service-desk' as const } : {}),
  };
  const fate = choose.weighted([
    { weight: 82, is: 'approved' },
    { weight: 8, is: 'denied' },
    { weight: 5, is: 'unanswered' },
    { weight: 5, is: 'withdrawn' },
  ] as const).is;
  const answering = kind.approvers.map((stage) => choose.maybeOne(stage.filter((person) => person.userName !== requester.userName && isAwake(person, at))));
  const [first] = answering;
  if (kind.approvers.length > 0) {
    if (fate === 'withdrawn') return { ...common, acts: [{ after: choose.whole(3, 20), by: requester.userName, does: 'end', words: choose.one(withdrawals) }] };
    if (fate === 'unanswered' || first === undefined) return { ...common, acts: [] };
    if (fate === 'denied') return { ...common, acts: [{ after: choose.whole(4, 50), by: first.userName, does: 'deny', words: choose.one(refusals) }] };
  }
  const acts: Act[] = [];
  let after = 0;
  for (const person of answering) {
    after += waitOf(choose);
    if (person === undefined || after >= deadlineMinutes - 10) return { ...common, acts };
    acts.push({ after, by: person.userName, does: 'approve', ...(choose.happens(0.3) ? { words: choose.one(consents) } : {}) });
  }
  const from = Math.max(after, startsAfter ?? 0) + 3;
  if (durationMinutes >= 60 && choose.happens(0.22)) {
    const by = choose.happens(0.15) ? (first ?? requester) : requester;
    return { ...common, acts: [...acts, { after: from + choose.whole(15, durationMinutes - 20), by: by.userName, does: 'end', words: choose.one(endings) }] };
  }
  const longer: Extension = { after: from + durationMinutes - 20, durationMinutes: 30, ...(first === undefined ? {} : { approver: first.userName }) };
  return { ...common, acts, ...(durationMinutes <= 60 && !several && kind.approvers.length < 2 && choose.happens(0.12) ? { extension: longer } : {}) };
}

/** Most answers come within the hour. */
const waitOf = (choose: Chooser): number => {
  const [from, to] = choose.weighted([
    { weight: 70, is: [2, 24] },
    { weight: 22, is: [25, 58] },
    { weight: 8, is: [62, 140] },
  ] as const).is;
  return choose.whole(from, to);
};

const isAwake = ({ ahead }: Person, at: number): boolean => {
  const hour = (new Date(at).getUTCHours() + ahead + 24) % 24;
  return hour >= 7 && hour < 19;
};
