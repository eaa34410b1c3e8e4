import * as approval from '@team/approval/compose';
import * as audit from '@team/audit/compose';
import * as expiry from '@team/expiry/compose';
import * as provisioning from '@team/provisioning/compose';
import * as request from '@team/request/compose';
import type { Composers } from '../../../infra/local/src/system/compose-services.ts';
import type { RuleName } from '../watch.ts';

/** A mistake that somebody could make, planted by putting something that errs in the place of one part. */
export interface Bug {
  readonly name: string;
  /** What it breaks, for people. */
  readonly breaks: string;
  /** Invariants of which one must find it. */
  readonly rules: readonly RuleName[];
  /** Services as they are with it. */
  readonly composers: Partial<Composers>;
  /** A seed from which on it is found soon. */
  readonly base: number;
}

/** The request service with parts that err. */
export const requestWith = (parts: Partial<request.RequestParts>): Pick<Composers, 'request'> => ({
  request: ({ platform, directory }) => ({ ...request.compose({ ...platform, directory }, parts) }),
});

/** The approval service with parts that err. */
export const approvalWith = (parts: Partial<approval.ApprovalParts>): Pick<Composers, 'approval'> => ({
  approval: ({ platform, directory }) => ({ ...approval.compose({ ...platform, directory }, parts) }),
});

/** The expiry service with parts that err. */
export const expiryWith = (parts: Partial<expiry.ExpiryParts>): Pick<Composers, 'expiry'> => ({
  expiry: ({ platform, directory }) => ({ ...expiry.compose({ ...platform, directory }, parts) }),
});

/** The provisioning service with parts that err. */
export const provisioningWith = (parts: Partial<provisioning.ProvisioningParts>): Pick<Composers, 'provisioning'> => ({
  provisioning: ({ platform, ...place }) => ({ ...provisioning.compose({ ...platform, ...place }, parts) }),
});

/** The audit service with parts that err. */
export const auditWith = (parts: Partial<audit.AuditParts>): Pick<Composers, 'audit'> => ({
  audit: ({ platform, s3 }) => ({ ...audit.compose({ ...platform, clients: { ...platform.clients, s3 } }, parts) }),
});
