import { on, passedTo, type Need } from './needs.ts';

/** What CloudFormation needs for the types of resources that the way in from the internet is made of; a deployment without a portal is given none of it. */
export const needsOfPortal: Readonly<Record<string, readonly Need[]>> = {
  'AWS::ApiGateway::Account': [
    { actions: ['apigateway:GET', 'apigateway:PATCH'], on: on.gatewayAccount },
    { actions: ['iam:PassRole'], on: on.roles, when: passedTo('apigateway') },
  ],
  'AWS::ApiGateway::BasePathMapping': [
    { actions: ['apigateway:POST'], on: on.gatewayDomainCollections },
    { actions: ['apigateway:DELETE', 'apigateway:GET', 'apigateway:PATCH'], on: on.gatewayDomain },
  ],
  'AWS::ApiGateway::Deployment': [
    { actions: ['apigateway:POST'], on: on.gatewayCollections },
    { actions: ['apigateway:DELETE', 'apigateway:GET', 'apigateway:PATCH'], on: on.gatewayApis },
  ],
  'AWS::ApiGateway::DomainName': [
    { actions: ['apigateway:POST'], on: on.gatewayDomainCollections },
    { actions: ['apigateway:DELETE', 'apigateway:GET', 'apigateway:PATCH'], on: on.gatewayDomain },
    { actions: ['apigateway:AddCertificateToDomain', 'apigateway:RemoveCertificateFromDomain'], on: on.gatewayDomainItself },
    { actions: ['apigateway:DELETE', 'apigateway:GET', 'apigateway:PUT'], on: on.gatewayTags },
  ],
  'AWS::ApiGateway::RestApi': [
    { actions: ['apigateway:POST'], on: on.gatewayCollections },
    { actions: ['apigateway:DELETE', 'apigateway:GET', 'apigateway:PATCH', 'apigateway:PUT'], on: on.gatewayApis },
    { actions: ['apigateway:DELETE', 'apigateway:GET', 'apigateway:PUT'], on: on.gatewayTags },
  ],
  'AWS::ApiGateway::Stage': [
    { actions: ['apigateway:POST'], on: on.gatewayCollections },
    { actions: ['apigateway:DELETE', 'apigateway:GET', 'apigateway:PATCH'], on: on.gatewayApis },
    { actions: ['apigateway:DELETE', 'apigateway:GET', 'apigateway:PUT'], on: on.gatewayTags },
  ],
  'AWS::Cognito::UserPool': [
    { actions: ['cognito-idp:CreateUserPool'], on: on.everything },
    {
      actions: ['cognito-idp:DescribeUserPool', 'cognito-idp:GetUserPoolMfaConfig', 'cognito-idp:ListTagsForResource', 'cognito-idp:SetUserPoolMfaConfig', 'cognito-idp:TagResource', 'cognito-idp:UntagResource', 'cognito-idp:UpdateUserPool'],
      on: on.userPools,
    },
  ],
  'AWS::Cognito::UserPoolClient': [
    { actions: ['cognito-idp:CreateUserPoolClient', 'cognito-idp:DeleteUserPoolClient', 'cognito-idp:DescribeUserPoolClient', 'cognito-idp:UpdateUserPoolClient'], on: on.userPools },
  ],
  'AWS::Cognito::UserPoolDomain': [
    { actions: ['cognito-idp:CreateUserPoolDomain', 'cognito-idp:DeleteUserPoolDomain', 'cognito-idp:UpdateUserPoolDomain'], on: on.userPools },
    // No resource level: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
    { actions: ['cognito-idp:DescribeUserPoolDomain'], on: on.everything },
  ],
  'AWS::Cognito::UserPoolIdentityProvider': [
    { actions: ['cognito-idp:CreateIdentityProvider', 'cognito-idp:DeleteIdentityProvider', 'cognito-idp:DescribeIdentityProvider', 'cognito-idp:UpdateIdentityProvider'], on: on.userPools },
  ],
  'AWS::SecretsManager::ResourcePolicy': [{ actions: ['secretsmanager:DeleteResourcePolicy', 'secretsmanager:GetResourcePolicy', 'secretsmanager:PutResourcePolicy'], on: on.clientSecret }],
  'AWS::SecretsManager::Secret': [
    {
      actions: ['secretsmanager:CreateSecret', 'secretsmanager:DeleteSecret', 'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:TagResource', 'secretsmanager:UntagResource', 'secretsmanager:UpdateSecret'],
      on: on.clientSecret,
    },
  ],
  'AWS::WAFv2::WebACL': [
    { actions: ['wafv2:CreateWebACL', 'wafv2:UpdateWebACL'], on: on.webAclAndItsRules },
    { actions: ['wafv2:DeleteWebACL', 'wafv2:GetWebACL', 'wafv2:ListTagsForResource', 'wafv2:TagResource', 'wafv2:UntagResource'], on: on.webAcl },
  ],
  'AWS::WAFv2::WebACLAssociation': [
    { actions: ['apigateway:SetWebACL', 'wafv2:DisassociateWebACL'], on: on.gatewayStages },
    { actions: ['wafv2:GetWebACL'], on: on.webAcl },
    { actions: ['wafv2:AssociateWebACL', 'wafv2:GetWebACLForResource'], on: on.webAclAndItsStage },
  ],
};
