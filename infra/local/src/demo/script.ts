import { describe } from '@team/contracts';
import type { SeenEvent, World } from '../play/world.ts';
import { columns, wrapped } from './columns.ts';
import { trailOf } from './trail.ts';

/** What a scene of the demo does its telling and checking with. Before each line stands what came on the bus until then. */
export interface Script {
  readonly world: World;
  /** A line of what happens beside the bus: who does what. */
  say(line: string): void;
  /** States something, and checks it: what is printed as true was found true. */
  check(statement: string, holds: boolean): void;
  /** Checks that each of `expected` was among the events that came since the last call, in this order; of one request, where given. */
  carried(expected: readonly string[], requestId?: string): void;
  /** Says what `ListAccountAssignments` answers about a person, and checks it. */
  assignment(userName: string, accountId: string, permissionSetName: string, expected: boolean): Promise<void>;
  /** Says that the audit trail of a request holds each of `expected`, in this order and with the code where one is named, and checks it. */
  onRecord(requestId: string, expected: readonly OnRecord[]): Promise<void>;
}

/** What is to stand in the audit trail: detail-type without version, and a code that the event gives. */
export interface OnRecord {
  readonly detailType: string;
  readonly code?: string;
}

/** Everything stated so far. */
export interface Statements {
  readonly made: number;
  readonly failed: readonly string[];
}

/** Whether the trail is to hold it: all but what the audit service tells the SIEM of what it has recorded. */
export const isPartOfTheTrail = ({ source, detailType }: SeenEvent): boolean => source !== 'team.audit' || detailType !== 'AuditRecorded.v1';

/** A script that prints as it goes and remembers what did not hold. */
export function createScript(world: World, print: (line: string) => void): { readonly script: Script; statements(): Statements } {
  const failed: string[] = [];
  let made = 0;
  let printed = world.events().length;
  let looked = printed;

  const tell = (): void => {
    const fresh = world.events().slice(printed);
    printed += fresh.length;
    for (const event of fresh.filter(isPartOfTheTrail)) for (const line of eventLines(event)) print(line);
  };
  const check = (statement: string, holds: boolean): void => {
    tell();
    made += 1;
    if (!holds) failed.push(statement);
    for (const line of columns([` ${holds ? '✓' : '✗'} ${timeOf(new Date(world.now()).toISOString())}`], `${holds ? '' : 'NOT TRUE: '}${short(statement)}`)) print(line);
  };

  const script: Script = {
    world,
    say(text) {
      tell();
      for (const line of wrapped(short(text))) print(`   ${line}`);
    },
    check,
    carried(expected, requestId) {
      const fresh = world.events().slice(looked);
      looked += fresh.length;
      const ofRequest = fresh.filter(({ detail }) => requestId === undefined || detail.metadata['requestId'] === requestId);
      const missing = firstMissing(expected, ofRequest.map(({ detailType }) => unversioned(detailType)));
      check(missing === undefined ? `the bus carried ${expected.join(' → ')}` : `the bus carried ${missing} in its place`, missing === undefined);
    },
    async assignment(userName, accountId, permissionSetName, expected) {
      const holders = await world.assigned(accountId, world.permissionSet(permissionSetName).PermissionSetArn);
      const holds = holders.includes(world.user(userName).UserId);
      const account = world.organization.Accounts.find(({ Id }) => Id === accountId)?.Name ?? 'unknown';
      const has = expected ? 'HAS' : 'does not have';
      check(`ListAccountAssignments: ${userName} ${has} ${permissionSetName} in ${account} (${accountId})`, holds === expected);
    },
    async onRecord(requestId, expected) {
      const records = await trailOf(world, requestId);
      const wanted = expected.map(({ detailType, code }) => `${detailType}${code === undefined ? '' : ` ${code}`}`);
      // A record counts as itself and as itself with each of its codes.
      let next = 0;
      for (const { detailType, codes } of records) {
        const forms = [unversioned(detailType), ...codes.map((code) => `${unversioned(detailType)} ${code}`)];
        if (forms.includes(wanted[next] ?? '')) next += 1;
      }
      check(`the audit trail has it on record: ${wanted.join(' → ')}`, next === wanted.length);
    },
  };
  return { script, statements: () => ({ made, failed }) };
}

/** Time, source, detail-type, and what the event says. */
function eventLines({ time, source, detailType, detail }: SeenEvent): string[] {
  return columns([`   ${timeOf(time)}`, source.padEnd(20), unversioned(detailType).padEnd(25)], short(describe(detailType, detail.data)));
}

function firstMissing(expected: readonly string[], seen: readonly string[]): string | undefined {
  let next = 0;
  for (const detailType of seen) if (detailType === expected[next]) next += 1;
  return expected[next];
}

const timeOf = (timestamp: string): string => timestamp.slice(11, 19);
const unversioned = (detailType: string): string => detailType.replace(/\.v1$/, '');
/** Everybody of the example has this domain; without it a line fits. */
const short = (text: string): string => text.replaceAll('@acme.example', '');
