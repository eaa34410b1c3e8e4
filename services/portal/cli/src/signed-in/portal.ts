import {
  askableBundles,
  askables,
  auditAnswer,
  changeOutcome,
  changeTaken,
  configuration,
  explained,
  me,
  policiesNow,
  policyPlan,
  preview,
  requestActivity,
  requestDetail,
  requestRows,
  taken,
  verification,
  type Ask,
  type AskableBundles,
  type Askables,
  type AuditAnswer,
  type AuditQuestion,
  type ChangeOutcome,
  type ChangeTaken,
  type Configuration,
  type Decision,
  type End,
  type Explained,
  type ExplainQuestion,
  type ListQuestion,
  type Me,
  type PlanQuestion,
  type PoliciesNow,
  type PolicyChange,
  type PolicyDecision,
  type PolicyPlan,
  type Preview,
  type RequestActivity,
  type RequestDetail,
  type RequestRows,
  type Review,
  type Taken,
  type Verification,
} from '../../../api/src/contract/index.ts';
import { callPortal } from './http-call.ts';
import type { PortalContext } from './portal-context.ts';

/** The portal as somebody who is signed in has it. Every call throws `Failure` as `callPortal` does. */
export interface Portal {
  /** `https://team.example` */
  readonly origin: string;
  me(): Promise<Me>;
  /** `for`: what somebody else may ask for, user name. */
  askable(question: { readonly for?: string | undefined; readonly search?: string; readonly after?: string | undefined; readonly limit?: number }): Promise<Askables>;
  bundles(question: { readonly for?: string | undefined }): Promise<AskableBundles>;
  preview(ask: Ask): Promise<Preview>;
  requests(question: Partial<ListQuestion>): Promise<RequestRows>;
  request(requestId: string): Promise<RequestDetail>;
  ask(ask: Ask): Promise<Taken>;
  decide(requestId: string, decision: Decision): Promise<Taken>;
  end(requestId: string, end: End): Promise<Taken>;
  review(requestId: string, review: Review): Promise<Taken>;
  activity(requestId: string, question: { readonly after?: string | undefined; readonly limit: number }): Promise<RequestActivity>;
  verify(requestId: string): Promise<Verification>;
  askAudit(question: AuditQuestion): Promise<AuditAnswer>;
  policies(): Promise<PoliciesNow>;
  explain(question: ExplainQuestion): Promise<Explained>;
  plan(question: PlanQuestion): Promise<PolicyPlan>;
  submit(change: PolicyChange): Promise<ChangeTaken>;
  decideOnChange(changeId: string, decision: PolicyDecision): Promise<ChangeTaken>;
  /** What became of a change that was taken in. */
  change(taken: ChangeTaken): Promise<ChangeOutcome>;
}

type Caller = Pick<PortalContext, 'fetch' | 'pause' | 'signal' | 'timeout'>;

/** Where one signs in, which the portal tells anybody. */
export const configurationOf = (caller: Caller, origin: string): Promise<Configuration> =>
  callPortal(caller, origin, { method: 'GET', path: '/v1/configuration', shape: configuration, retried: true });

/** @param token gives the access token, anew where the last one is over */
export function portalAt(caller: Caller, origin: string, token: () => Promise<string>): Portal {
  const read = async <Answer>(path: string, shape: Shape<Answer>): Promise<Answer> => callPortal(caller, origin, { method: 'GET', path, shape, token: await token(), retried: true });
  const send = async <Answer>(path: string, shape: Shape<Answer>, body: object, retried = false): Promise<Answer> =>
    callPortal(caller, origin, { method: 'POST', path, shape, body, token: await token(), retried });
  return {
    origin,
    me: () => read('/v1/me', me),
    askable: (question) => read(`/v1/askable${queryOf(question)}`, askables),
    bundles: (question) => read(`/v1/bundles${queryOf(question)}`, askableBundles),
    // A question that is sent as a body: it changes nothing.
    preview: (ask) => send('/v1/preview', preview, ask, true),
    requests: (question) => read(`/v1/requests${queryOf(question)}`, requestRows),
    request: (requestId) => read(`/v1/requests/${encodeURIComponent(requestId)}`, requestDetail),
    ask: (ask) => send('/v1/requests', taken, ask),
    decide: (requestId, decision) => send(`/v1/requests/${encodeURIComponent(requestId)}/decisions`, taken, decision),
    end: (requestId, end) => send(`/v1/requests/${encodeURIComponent(requestId)}/end`, taken, end),
    review: (requestId, review) => send(`/v1/requests/${encodeURIComponent(requestId)}/review`, taken, review),
    activity: (requestId, question) => read(`/v1/requests/${encodeURIComponent(requestId)}/activity${queryOf(question)}`, requestActivity),
    verify: (requestId) => send(`/v1/requests/${encodeURIComponent(requestId)}/verify`, verification, {}, true),
    askAudit: (question) => send('/v1/audit/questions', auditAnswer, question, true),
    policies: () => read('/v1/policies', policiesNow),
    explain: (question) => send('/v1/policies/explain', explained, question, true),
    plan: (question) => send('/v1/policies/plan', policyPlan, question, true),
    submit: (change) => send('/v1/policies/changes', changeTaken, change),
    decideOnChange: (changeId, decision) => send(`/v1/policies/changes/${encodeURIComponent(changeId)}/decisions`, changeTaken, decision),
    change: ({ changeId, href }) => read(`/v1/policies/changes/${encodeURIComponent(changeId)}${new URL(href, origin).search}`, changeOutcome),
  };
}

type Shape<Answer> = Parameters<typeof callPortal<Answer>>[2]['shape'];

function queryOf(question: Readonly<Record<string, string | number | undefined>>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(question)) if (value !== undefined) given.append(name, String(value));
  return given.size === 0 ? '' : `?${given.toString()}`;
}
