import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { World } from '../../infra/local/src/play/world.ts';
import type { PortalServer } from '../../infra/local/src/portal/serve-portal.ts';
import { devPayments, emeka, prodPayments, wren } from '../journeys/fixture.ts';
import { callingBack, signedIn } from '../portal/served.ts';
import { contractors } from '../portal/contractors.ts';
import { expectThat } from './expectations.ts';
import type { Story } from './story.ts';

const ana = 'ana.alvarez@acme.example'; // TEAM Admins
const bo = 'bo.haddad@acme.example'; // TEAM Admins
const chidi = 'chidi.oconnor@acme.example'; // TEAM Auditors
const ines = 'ines.lindqvist34@acme.example'; // Security Response

type Body = Readonly<Record<string, unknown>>;

/** Somebody who is signed in, in a browser. */
interface Person {
  /** Gives what is answered. Rejects unless it is a success. */
  get(path: string): Promise<Body>;
  post(path: string, body: object): Promise<Body>;
  signOut(): Promise<void>;
}

interface AtPortal {
  readonly world: World;
  signIn(userName: string): Promise<Person>;
  /** What somebody asks for, in the words of the API. */
  asking(accountId: string, permissionSet: string, more?: object): object;
  /** Lets time pass until what happened can be read. */
  settled(): Promise<void>;
}

function atPortal(name: string, play: (at: AtPortal) => Promise<void>, mishaps: Story['mishaps'] = []): Story {
  return {
    name: `at the portal, ${name}`,
    portal: true,
    mishaps,
    async play(world, portal) {
      if (portal === undefined) throw new Error('there is no portal');
      // The organization is listed at a pace, and time does not pass while somebody waits.
      await world.pass(1);
      await play(openAt(world, portal));
    },
  };
}

function openAt(world: World, { origin }: PortalServer): AtPortal {
  const calledBack = callingBack(origin, world);
  return {
    world,
    async signIn(userName) {
      const browser = await signedIn(calledBack, origin, userName);
      const call = async (path: string, init: RequestInit = {}): Promise<Body> => {
        const answer = await browser.call(`${origin}${path}`, init);
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${userName} called ${path} and was answered ${answer.status}: ${text}`);
        return text === '' ? {} : (JSON.parse(text) as Body);
      };
      const post = (path: string, body: object): Promise<Body> =>
        call(path, { method: 'POST', headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' }, body: JSON.stringify(body) });
      return { get: (path) => call(path), post, signOut: async () => void (await post('/auth/sign-out', {})) };
    },
    asking: (accountId, permissionSet, more = {}) => ({ targets: [{ accountId, permissionSetArn: world.permissionSet(permissionSet).PermissionSetArn }], durationMinutes: 60, justification: 'rotate a leaked key', ...more }),
    settled: () => world.pass(0.1),
  };
}

/** Rows of a list, by request. */
const idsOf = ({ items }: Body): unknown[] => (items as readonly { readonly requestId: string }[]).map(({ requestId }) => requestId);

/** As the detail page shows it. */
const statusOf = async (person: Person, requestId: string): Promise<string> => ((await person.get(`/v1/requests/${requestId}`))['row'] as { readonly status: string }).status;

/** What people do at the portal, each in a browser session: every door in its own role. */
export const portalStories: readonly Story[] = [
  atPortal('access is asked for, approved, looked at and ended', async ({ world, signIn, asking, settled }) => {
    const requester = await signIn(wren);
    const [askable, preview] = [await requester.get('/v1/askable?search=Payments'), await requester.post('/v1/preview', asking(prodPayments, 'ReadOnlyAccess'))];
    expectThat(JSON.stringify(askable).includes(prodPayments) && preview['allowed'] === true, 'what may be asked for is not told');
    const requestId = String((await requester.post('/v1/requests', asking(prodPayments, 'ReadOnlyAccess')))['requestId']);
    await world.until('ApprovalRequested.v1', requestId, 1);
    await settled();
    const approver = await signIn(emeka);
    expectThat(idsOf(await approver.get('/v1/requests?list=to-approve')).includes(requestId), 'who may approve does not see it');
    await approver.post(`/v1/requests/${requestId}/decisions`, { verdict: 'approve', comment: 'go ahead' });
    await world.until('AccessGranted.v1', requestId, 1);
    await world.pass(2);
    expectThat((await statusOf(requester, requestId)) === 'active', 'it is not shown as active');
    expectThat(idsOf(await requester.get('/v1/requests?list=mine')).includes(requestId), 'it is not among one’s own');
    await requester.post(`/v1/requests/${requestId}/end`, { reason: 'done' });
    await world.until('AccessEnded.v1', requestId, 2);
    await settled();
    expectThat(['ended', 'revoked'].includes(await statusOf(requester, requestId)), 'it is not shown as ended');
    await requester.get('/v1/overview');
    await requester.signOut();
  }),
  atPortal('an auditor reads, verifies and asks, and a break glass is reviewed', async ({ world, signIn, asking, settled }) => {
    const responder = await signIn(ines);
    const requestId = String((await responder.post('/v1/requests', asking(prodPayments, 'BreakGlass', { breakGlass: true, durationMinutes: 2 })))['requestId']);
    await world.until('AccessReviewRequested.v1', requestId, 8);
    await settled();
    const auditor = await signIn(chidi);
    await auditor.get(`/v1/requests/${requestId}/activity`);
    expectThat((await auditor.post(`/v1/requests/${requestId}/verify`, {}))['records'] !== undefined, 'the trail is not verified');
    expectThat(idsOf(await auditor.get('/v1/requests?list=all')).includes(requestId), 'it is not among all');
    await (await signIn(ana)).post(`/v1/requests/${requestId}/review`, { verdict: 'justified' });
    await world.until('AccessReviewed.v1', requestId, 1);
  }),
  atPortal('a policy is planned, changed and explained', async ({ world, signIn, settled }) => {
    const [proposer, agreeing] = [await signIn(ana), await signIn(bo)];
    await proposer.get('/v1/policies');
    await world.pass(2);
    const planned = await proposer.post('/v1/policies/plan', { kind: 'EligibilityPolicy', text: contractors });
    const { href } = await proposer.post('/v1/policies/changes', planned['change'] as object);
    await world.until('PolicyChangeProposed.v1');
    await settled();
    expectThat((await proposer.get(String(href)))['outcome'] === 'waits', 'it does not wait');
    await agreeing.post(`${String(href)}/decisions`, { verdict: 'agree' });
    await world.until('EligibilityPolicyChanged.v1');
    await settled();
    const explained = await agreeing.post('/v1/policies/explain', { person: 'keiko.bianchi36@acme.example', account: devPayments, permissionSet: 'ReadOnlyAccess', durationMinutes: 30 });
    expectThat(explained['allowed'] === true, 'the policy does not hold');
  }),
  atPortal('somebody has another decide in their place', async ({ world, signIn }) => {
    const approver = await signIn(emeka);
    const [from, until] = [new Date(world.now() + 60_000).toISOString(), new Date(world.now() + 86_400_000).toISOString()];
    await approver.post('/v1/delegation', { delegate: 'fatima.lindqvist@acme.example', from, until });
    await world.until('DelegationChanged.v1');
    expectThat((await approver.get('/v1/delegations'))['mine'] !== undefined, 'it is not told who decides');
  }),
  atPortal('the read model is made again', async ({ world, signIn, asking, settled }) => {
    const requester = await signIn(wren);
    const requestId = String((await requester.post('/v1/requests', asking(devPayments, 'PowerUserAccess', { durationMinutes: 2 })))['requestId']);
    await world.until('AccessEnded.v1', requestId, 5);
    await settled();
    const { events } = (await world.system.invoke('team-audit-query', { op: 'events', requestId })) as { readonly events: readonly object[] };
    const { remembered } = (await world.system.invoke('team-portal-rebuild', { events })) as { readonly remembered: number };
    expectThat(remembered > 3, 'hardly anything was remembered');
  }),
  {
    name: 'what portal-inbox cannot read is laid down',
    shows: ['team-portal-inbox sqs:SendMessage'],
    portal: true,
    async play(world) {
      const QueueUrl = `http://localhost/${world.organization.DelegatedAdministratorAccountId}/team-portal-inbox`;
      await world.system.clients('deployment').sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'nonsense' }));
      await world.pass(0.2);
      expectThat(world.system.queues.peek('team-portal-inbox-dlq').length === 1, 'it was not laid down at once');
    },
  },
];
