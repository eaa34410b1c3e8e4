import { InvokeCommand } from '@aws-sdk/client-lambda';
import { requestsAnswer } from '@team/contracts';
import { counted } from '../../print/printable.ts';
import type { Check } from '../examination.ts';
import { ok, problem } from '../finding.ts';

/** So many are looked at and named; where there are more, the first page is enough to begin with. */
const most = 50;

/** No request stopped half-way: whatever should have followed did, as the audit service sees it. */
export const lifecyclesCheck: Check = {
  name: 'requests',
  prerequisite: false,
  async run({ clients: { lambda }, options: { prefix } }) {
    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: `${prefix}-audit-query`, Payload: JSON.stringify({ op: 'stalled', limit: most }) }));
    const text = Payload?.transformToString() ?? '';
    if (FunctionError !== undefined) return [problem(this.name, `the audit service could not say which stopped half-way: ${text.slice(0, 300)}`, 'see its log')];
    const { requests, next } = requestsAnswer.parse(JSON.parse(text));
    if (requests.length === 0) return [ok(this.name, 'none stopped half-way')];
    const named = requests.slice(0, 3).map(({ requestId, stalled }) => `${requestId} lacks ${stalled[0]?.missing.join(' or ') ?? '?'} since ${stalled[0]?.since ?? '?'}`);
    const count = next === undefined ? counted(requests.length, 'request') : `more than ${most} requests`;
    return [problem(this.name, `${count} stopped half-way: ${named.join('; ')}`, 'npx team audit stalled names all; docs/operations.md says what to do about each step')];
  },
};
