import { describe } from '@team/contracts';
import type { SeenEvent, World } from '../play/world.ts';

/** What a scene of the demo does its telling and checking with. */
export interface Script {
  readonly world: World;
  /** A line of what happens beside the bus: who does what. */
  say(line: string): void;
  /** States something, and checks it: what is printed as true was found true. */
  check(statement: string, holds: boolean): void;
  /** Prints every event that came on the bus since the last call, and checks that each of `expected` was among them, in this order. */
  timeline(requestId: string | undefined, expected: readonly string[]): void;
  /** Says what `ListAccountAssignments` answers about a person, and checks it. */
  assignment(userName: string, accountId: string, permissionSetName: string, expected: boolean): Promise<void>;
}

/** Everything stated so far. */
export interface Statements {
  readonly made: number;
  readonly failed: readonly string[];
}

/** A script that prints as it goes and remembers what did not hold. */
export function createScript(world: World, print: (line: string) => void): { readonly script: Script; statements(): Statements } {
  const failed: string[] = [];
  let made = 0;
  let told = world.events().length;

  const check = (statement: string, holds: boolean): void => {
    made += 1;
    if (!holds) failed.push(statement);
    print(`   ${holds ? '✓' : '✗ NOT TRUE:'} ${statement}`);
  };

  const script: Script = {
    world,
    say: (line) => print(`   ${line}`),
    check,
    timeline(requestId, expected) {
      const fresh = world.events().slice(told);
      told += fresh.length;
      const shown = requestId === undefined ? fresh : fresh.filter(({ detail }) => detail.metadata['requestId'] === requestId);
      for (const event of shown) print(line(event));
      let next = 0;
      for (const { detailType } of shown) if (detailType === `${expected[next] ?? ''}.v1`) next += 1;
      const missing = expected[next];
      check(missing === undefined ? `the bus carried ${expected.join(' → ')}` : `the bus carried ${missing} in its place`, missing === undefined);
    },
    async assignment(userName, accountId, permissionSetName, expected) {
      const holders = await world.assigned(accountId, world.permissionSet(permissionSetName).PermissionSetArn);
      const holds = holders.includes(world.user(userName).UserId);
      check(`ListAccountAssignments: ${userName} ${expected ? 'has' : 'does not have'} ${permissionSetName} in ${accountId}`, holds === expected);
    },
  };
  return { script, statements: () => ({ made, failed }) };
}

function line({ time, source, account, detailType, detail }: SeenEvent): string {
  const at = textOr(detail.metadata['occurredAt'], time).slice(11, 19);
  const from = source.startsWith('team.') ? source : `${source} (${account})`;
  const words = describe(detailType, detail.data);
  return `   ${at}  ${`${from} → ${detailType}`.padEnd(52)} ${words.length > 150 ? `${words.slice(0, 149)}…` : words}`;
}

const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
