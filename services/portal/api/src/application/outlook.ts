import type { Explanation, WhoApproves } from '@team/contracts';
import type { Preview } from '../contract/index.ts';

/** Whether somebody would be asked. Told also while words are missing; who judges it says so. */
export const asksPeople = ({ approvalRequired }: Explanation): boolean => approvalRequired === true;

/** What would become of it, by who judges it, and by those who would be asked, if anybody would. That nobody could approve it is told of what is allowed otherwise. */
export function outlookOf({ allowed, reasons, warnings }: Explanation, approvers: WhoApproves | undefined): Omit<Preview['targets'][number], 'accountId' | 'permissionSetArn' | 'bundle'> {
  const problem = allowed ? approvers?.problem : undefined;
  return {
    allowed: allowed && problem === undefined,
    approvalRequired: approvers !== undefined,
    reasons: [...reasons, ...(problem === undefined ? [] : [problem])],
    warnings,
    stages: approvers?.stages ?? [],
  };
}
