import { CfnOutput, Duration, RemovalPolicy, Validations, type Stack } from 'aws-cdk-lib';
import { CfnUserPoolClient, FeaturePlan, OAuthScope, UserPool, UserPoolClientIdentityProvider, UserPoolIdentityProviderSaml, UserPoolIdentityProviderSamlMetadata } from 'aws-cdk-lib/aws-cognito';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { CfnResourcePolicy, CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { LambdaConfig } from '@team/runtime';
import { clientSecretOf } from '../access/client-secret.ts';
import { deployers } from '../access/key-policy.ts';
import { denyOthers } from '../access/statements.ts';
import type { Environment } from '../environment/schema.ts';
import type { Portal } from '../environment/portal.ts';
import type { Names } from '../names.ts';

type PortalConfig = NonNullable<LambdaConfig['portal']>;

/** Name of Identity Center in the user pool, which it writes before the names of people. */
const samlProvider = 'IdentityCenter';

/**
 * Where the command line is sent back to. Cognito takes plain HTTP for `localhost` alone, and each port as it is registered; any of these may be
 * taken by something else: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
const commandLineRedirectUris = [18043, 18143, 18243].map((port) => `http://localhost:${port}/signed-in`);

/** Nobody has a password: whoever signs in comes from Identity Center. */
const throughIdentityCenter = {
  // The one flow that is named leads nowhere, since no function of ours answers it. Where none is named Cognito allows some: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
  authFlows: { user: false, userPassword: false, userSrp: false, adminUserPassword: false, custom: true },
  supportedIdentityProviders: [UserPoolClientIdentityProvider.custom(samlProvider)],
  preventUserExistenceErrors: true,
  enableTokenRevocation: true,
};

const codeFlow = { flows: { authorizationCodeGrant: true, implicitCodeGrant: false, clientCredentials: false }, scopes: [OAuthScope.OPENID, OAuthScope.PROFILE] };

/** What the portal's functions are told of signing in; where it is a user pool of ours, it is made. */
export function makeSignIn(parent: Stack, environment: Environment, names: Names): PortalConfig {
  const { accounts, portal, region } = environment;
  if (portal === undefined) throw new RangeError('there is no portal in this environment');
  const { access, domain, issuer, cognito } = portal;
  const own = { origin: `https://${domain}`, managementAccount: accounts.management, clientSecretId: clientSecretOf({ portal }, names).id, ...(access.machineClients === undefined ? {} : { machines: access.machineClients }) };
  if (issuer !== undefined) {
    const { url, clientId, audience, jwksUri, userNameClaims, commandLineClientId, commandLineRedirectUris } = issuer;
    return {
      ...own,
      issuer: url,
      clientId,
      audience,
      ...(jwksUri === undefined ? {} : { jwksUri }),
      ...(userNameClaims === undefined ? {} : { userNameClaims }),
      ...(commandLineClientId === undefined ? {} : { commandLineClientId }),
      ...(commandLineRedirectUris === undefined ? {} : { commandLineRedirectUris }),
    };
  }
  if (cognito === undefined) throw new RangeError('people sign in nowhere');
  const { poolId, clientId, commandLineClientId } = makeUserPool(parent, cognito, own.origin, environment, names);
  const url = `https://cognito-idp.${region}.amazonaws.com/${poolId}`;
  return {
    ...own,
    issuer: url,
    jwksUri: `${url}/.well-known/jwks.json`,
    clientId,
    // Access tokens of Cognito have no audience: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
    audience: clientId,
    audienceClaim: 'client_id',
    commandLineClientId,
    commandLineRedirectUris,
    // An id token has the one, an access token the other; nobody can change either, as they can attributes.
    userNameClaims: ['cognito:username', 'username'],
    userNamePrefix: `${samlProvider}_`,
  };
}

/** A user pool in which nobody has a password and nobody signs up: people come from Identity Center, by SAML, through a client of the portal and one of the command line. */
function makeUserPool(parent: Stack, { domainPrefix, metadata, metadataUrl }: NonNullable<Portal['cognito']>, origin: string, environment: Environment, names: Names): { readonly poolId: string; readonly clientId: string; readonly commandLineClientId: string } {
  const pool = new UserPool(parent, 'people', {
    userPoolName: `${names.prefix}-people`,
    selfSignUpEnabled: false,
    signInCaseSensitive: false,
    passwordPolicy: { minLength: 32, requireLowercase: true, requireUppercase: true, requireDigits: true, requireSymbols: true, tempPasswordValidity: Duration.days(1) },
    featurePlan: FeaturePlan.ESSENTIALS,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const withoutPasswords = 'Nobody has a password here: the pool’s clients take Identity Center’s sign-in alone, which asks for a second factor as it is set up to.';
  Validations.of(pool).acknowledge({ id: 'AwsSolutions::AwsSolutions-COG2', reason: withoutPasswords }, { id: 'AwsSolutions::AwsSolutions-COG3', reason: withoutPasswords }, { id: 'AwsSolutions::AwsSolutions-COG8', reason: withoutPasswords });
  const provider = new UserPoolIdentityProviderSaml(parent, 'identity-center', {
    userPool: pool,
    name: samlProvider,
    metadata: metadata === undefined ? UserPoolIdentityProviderSamlMetadata.url(metadataUrl ?? '') : UserPoolIdentityProviderSamlMetadata.file(metadata),
    idpSignout: false,
  });
  const client = pool.addClient('client', {
    ...throughIdentityCenter,
    userPoolClientName: `${names.prefix}-portal`,
    generateSecret: true,
    oAuth: { ...codeFlow, callbackUrls: [`${origin}/auth/callback`], logoutUrls: [`${origin}/`] },
    // Tokens stay on the server, which needs them once.
    accessTokenValidity: Duration.minutes(5),
    idTokenValidity: Duration.minutes(5),
    refreshTokenValidity: Duration.hours(1),
  });
  const commandLine = pool.addClient('command-line', {
    ...throughIdentityCenter,
    userPoolClientName: `${names.prefix}-command-line`,
    // What is on everybody's machine is no secret: PKCE ties a code to who asked for it (RFC 8252 §8.5).
    generateSecret: false,
    oAuth: { ...codeFlow, callbackUrls: [...commandLineRedirectUris] },
    accessTokenValidity: Duration.minutes(15),
    idTokenValidity: Duration.minutes(5),
    // As long as a session of a browser's at most. Each is good for once (RFC 9700 §4.14.2), and a moment longer where the answer was lost.
    refreshTokenValidity: Duration.hours(8),
    refreshTokenRotationGracePeriod: Duration.seconds(10),
  });
  for (const one of [client, commandLine]) one.node.addDependency(provider);
  pool.addDomain('domain', { cognitoDomain: { domainPrefix } });
  const { defaultChild } = client.node;
  if (!(defaultChild instanceof CfnUserPoolClient)) throw new TypeError('the CDK makes a client of a user pool in another way than before');
  const secret = new CfnSecret(parent, 'client-secret', { name: clientSecretOf({}, names).id, description: 'By which the portal is known at its user pool', secretString: defaultChild.attrClientSecret });
  const readers = [names.roleArn('portal', 'sign-in'), ...deployers(environment)];
  new CfnResourcePolicy(parent, 'client-secret-policy', { secretId: secret.ref, resourcePolicy: new PolicyDocument({ statements: [denyOthers('NobodyElse', ['secretsmanager:GetSecretValue'], readers, ['*'])] }) });
  Validations.of(secret).acknowledge({ id: 'AwsSolutions::AwsSolutions-SMG4', reason: 'Cognito gives a client its secret and changes it never; another secret is another client.' });
  const endpoint = `https://${domainPrefix}.auth.${environment.region}.amazoncognito.com/saml2/idpresponse`;
  new CfnOutput(parent, 'SamlAcsUrl', { value: endpoint, description: 'where the application in Identity Center sends people back to' });
  new CfnOutput(parent, 'SamlAudience', { value: `urn:amazon:cognito:sp:${pool.userPoolId}`, description: 'audience of the application in Identity Center' });
  return { poolId: pool.userPoolId, clientId: client.userPoolClientId, commandLineClientId: commandLine.userPoolClientId };
}
