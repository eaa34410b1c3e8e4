import type { Context } from '../context.ts';
import { forAws } from '../doctor/aws-failure.ts';
import { checks } from '../doctor/checks/index.ts';
import { createExamination, type DoctorOptions } from '../doctor/examination.ts';
import { examine } from '../doctor/examine.ts';
import { worstOf, type Finding } from '../doctor/finding.ts';
import { exitCodes, forPeople, type ExitCode } from '../failure.ts';
import { findingLines, sumLine } from '../print/finding-lines.ts';

/** `team doctor`: looks whether a deployment, or what it needs, is as it should be. Changes nothing. */
export async function doctor({ connection, say, remark, pause }: Context, options: DoctorOptions): Promise<ExitCode> {
  const { clients, calls, where } = await connection.doctor(options, pause);
  const examination = createExamination(clients, calls, options, options.json === true ? () => undefined : remark, Date.now);
  const findings: Finding[] = [];
  for (const check of checks.filter(({ prerequisite }) => prerequisite || options.prerequisites !== true)) {
    const found = await examine(check, examination, (error) => forPeople(error, where)).catch((error: unknown) => {
      throw options.aws === true ? forAws(error, where) : error;
    });
    findings.push(...found);
    if (options.json !== true) for (const line of found.flatMap(findingLines)) say(line);
  }
  const worst = worstOf(findings);
  if (options.json === true) say(JSON.stringify({ result: worst, findings }, undefined, 2));
  else say(`\n${sumLine(findings)}`);
  return worst === 'problem' ? exitCodes.refused : exitCodes.ok;
}
