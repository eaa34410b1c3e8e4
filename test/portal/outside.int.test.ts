import { openDoors, type Doors } from './doors.ts';

let doors: Doors;

describe('who calls the local cloud from outside', () => {
  beforeAll(async () => {
    doors = await openDoors();
  });
  afterAll(() => doors.close());

  it.each(['portal', 'portal-decisions'])('speaks as %s for nobody: only the portal itself does', (name) => {
    expect(doors.world.system.callers(name)).toBeUndefined();
    // A registered system is somebody.
    expect(doors.world.system.callers('deploy-pipeline')).toBeDefined();
  });

  it('is answered as AWS answers a stranger', async () => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents', authorization: 'AWS4-HMAC-SHA256 Credential=portal-decisions/20260302/eu-central-1/events/aws4_request' };
    const body = new TextEncoder().encode(JSON.stringify({ Entries: [{ EventBusName: 'team', Source: 'team.portal.decisions', DetailType: 'AccessRevocationRequested.v1', Detail: '{}' }] }));
    const answer = await doors.world.system.outside.respond({ headers, body, method: 'POST', path: '/', query: new URLSearchParams(), accessKeyId: 'portal-decisions' });
    expect(answer.statusCode).toBe(400);
    expect(new TextDecoder().decode(answer.body)).toContain('UnrecognizedClientException');
  });
});
