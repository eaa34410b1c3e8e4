import { manifest as approval } from '@team/approval/manifest';
import { manifest as audit } from '@team/audit/manifest';
import { manifest as expiry } from '@team/expiry/manifest';
import { manifest as provisioning } from '@team/provisioning/manifest';
import { manifest as request } from '@team/request/manifest';
import type { ServiceManifest } from '@team/runtime';

/** Every service, in the order in which it is deployed: keys come before those who verify with them. */
export const manifests: readonly ServiceManifest[] = [request, approval, expiry, provisioning, audit];
