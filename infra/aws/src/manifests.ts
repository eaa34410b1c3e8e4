import { manifest as approval } from '@team/approval/manifest';
import { manifest as audit } from '@team/audit/manifest';
import { manifest as expiry } from '@team/expiry/manifest';
import { manifest as portal } from '@team/portal/manifest';
import { manifest as provisioning } from '@team/provisioning/manifest';
import { manifest as request } from '@team/request/manifest';
import type { ServiceManifest } from '@team/runtime';
import type { Environment } from './environment/schema.ts';

/** The five services, in the order in which they are deployed: keys come before those who verify with them. */
const services: readonly ServiceManifest[] = [request, approval, expiry, provisioning, audit];

/** Every service of a deployment, in that order. The portal's key comes before those who verify what is decided there; its door is opened last. */
export const manifestsOf = (environment: Pick<Environment, 'portal'>): readonly ServiceManifest[] => (environment.portal === undefined ? services : [portal, ...services]);

export { portal as portalManifest };
