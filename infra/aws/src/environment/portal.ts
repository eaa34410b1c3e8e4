import { loopbackRedirectUris, portalAccess } from '@team/contracts';
import * as z from 'zod';
import { https, keyArn, secretArn } from './values.ts';

const hostName = z
  .string()
  .max(253)
  .regex(/^(?=.*[a-z])([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'a name in the DNS, without https://: team.example.com');

/** Any OpenID provider. `clientSecretArn` names a secret that holds the client's and nothing else; `secretKeyArn` where it is encrypted with a key of yours. */
const issuer = z
  .strictObject({
    url: https,
    clientId: z.string().min(1).max(256),
    clientSecretArn: secretArn,
    secretKeyArn: keyArn.optional(),
    /** For whom access tokens must be. */
    audience: z.string().min(1).max(512),
    /** Where its keys are; it is asked unless told. */
    jwksUri: https.optional(),
    /** Claims that hold the Identity Center user name: the first that is there counts. */
    userNameClaims: z.array(z.string().min(1).max(128)).min(1).max(5).optional(),
    /** As what the command line is known there: a public client, with the device flow, the addresses below, or both. */
    commandLineClientId: z.string().min(1).max(256).optional(),
    /** Where it sends browsers of the machine back to, as they are registered there: `http://127.0.0.1/signed-in` where it takes any port. */
    commandLineRedirectUris: loopbackRedirectUris.optional(),
  })
  .refine(({ commandLineClientId, commandLineRedirectUris }) => commandLineRedirectUris === undefined || commandLineClientId !== undefined, { path: ['commandLineRedirectUris'], error: 'they are those of a client: commandLineClientId says which' });

/** A user pool of Cognito's, whose people sign in at Identity Center by SAML. Its application's metadata by address, or as text. */
const cognito = z
  .strictObject({
    /** Begins the address at which the pool answers; nobody else in the Region may have it. */
    domainPrefix: z.string().regex(/^(?!.*(aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'a prefix has small letters, digits and hyphens, and none of the words aws, amazon and cognito'),
    metadataUrl: https.optional(),
    metadata: z.string().max(100_000).includes('EntityDescriptor', { error: 'the metadata is the XML that Identity Center gives, from <EntityDescriptor on' }).optional(),
  })
  .refine(({ metadataUrl, metadata }) => (metadataUrl === undefined) !== (metadata === undefined), 'the application’s metadata is named by metadataUrl or given as metadata, one of them');

/** Where people come in. */
export const portal = z
  .strictObject({
    /** Where browsers find it: https://<domain>. */
    domain: hostName,
    /** Of AWS Certificate Manager, for that name. */
    certificateArn: z.string().regex(/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, 'a certificate is named by its ARN: arn:aws:acm:<region>:<account>:certificate/<id>'),
    issuer: issuer.optional(),
    cognito: cognito.optional(),
    access: portalAccess.strict().default({}),
    limits: z
      .strictObject({
        /** Calls that are taken of everybody together, and at once. */
        callsPerSecond: z.int().min(1).max(10_000).default(200),
        burst: z.int().min(1).max(5_000).default(400),
        /** Of one address in five minutes. A whole office can stand behind one. */
        callsPerAddressInFiveMinutes: z.int().min(100).max(2_000_000).default(20_000),
      })
      .default({ callsPerSecond: 200, burst: 400, callsPerAddressInFiveMinutes: 20_000 }),
  })
  .refine((one) => (one.issuer === undefined) !== (one.cognito === undefined), 'people sign in at an issuer or at cognito, one of them');
export type Portal = z.infer<typeof portal>;

/** What is wrong with it in its environment, each with its path. */
export function portalProblems({ certificateArn, issuer: provider }: Portal, region: string): { readonly path: string[]; readonly message: string }[] {
  const own = [['certificateArn', certificateArn], ['issuer.clientSecretArn', provider?.clientSecretArn], ['issuer.secretKeyArn', provider?.secretKeyArn]] as const;
  return own.flatMap(([field, arn]) => (arn === undefined || arn.split(':')[3] === region ? [] : [{ path: ['portal', ...field.split('.')], message: `it must be one of ${region}, where the portal is` }]));
}
