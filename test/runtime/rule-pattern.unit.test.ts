import { accessApprovedV1, accessRevokedV1 } from '@team/contracts';
import { rulePattern } from '@team/runtime';
import { compilePattern } from '../../infra/local/src/cloud/eventbridge/pattern.ts';

const fact = { 'detail-type': 'AccessApproved.v1', source: 'team.approval' };
const reaches = (consumes: Parameters<typeof rulePattern>[0], event: Record<string, string>) =>
  compilePattern(JSON.stringify(rulePattern(consumes)))(event);

describe('a queue is brought', () => {
  it('what it consumes, and nothing else', () => {
    expect(reaches([accessApprovedV1], fact)).toBe(true);
    expect(reaches([accessRevokedV1], fact)).toBe(false);
  });

  it('nothing that is replayed from an archive, unless it takes everything', () => {
    expect(reaches([accessApprovedV1], { ...fact, 'replay-name': 'monday' })).toBe(false);
    expect(reaches('everything', { ...fact, 'replay-name': 'monday' })).toBe(true);
  });

  it('everything but the audit service’s own records, where it takes everything', () => {
    expect(reaches('everything', { 'detail-type': 'AuditRecorded.v1', source: 'team.audit' })).toBe(false);
    expect(reaches('everything', { 'detail-type': 'AuditRecorded.v1', source: 'acme.evil' })).toBe(true);
  });
});
