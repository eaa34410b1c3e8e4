import { problem, type Finding } from '../finding.ts';

/**
 * The faults of several things that the deployment makes, looked at one after another. One that AWS does not have (`notThere`, by the
 * error's name) is a problem; any other error is thrown on. `look` is told under which name to say what it finds.
 */
export async function faultsOfEach(
  kind: string,
  names: readonly string[],
  notThere: string,
  look: (name: string, check: string) => Promise<Finding | undefined>,
): Promise<Finding[]> {
  const faults: Finding[] = [];
  for (const name of names) {
    const check = `${kind} ${name}`;
    try {
      const fault = await look(name, check);
      if (fault !== undefined) faults.push(fault);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== notThere) throw error;
      faults.push(problem(check, 'it is not there', 'deploy again; the deployment makes it'));
    }
  }
  return faults;
}
