import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Portal } from '../environment/portal.ts';
import type { Names } from '../names.ts';
import { doorName } from './door-watches.ts';

/**
 * Of bodies these rules count alone: what people write in them is JSON that is taken apart strictly and shown as text, and it is about incidents,
 * so that it may well name a script, a path or the address of instance metadata. Size is bounded below.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const countedInBodies = ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'EC2MetaDataSSRF_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY'];

/** Largest body (bytes) but for policies, whose bound is the function's: as much of a body as AWS WAF looks at. */
const largestBody = 65_536;

/** The firewall before the door. It remembers no calls: what they carry, cookies and tokens, is nobody's to look at. */
export function makeWebAcl(scope: Construct, names: Names, { limits }: Portal): CfnWebACL {
  const seen = (name: string) => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName: name });
  const block = { action: { block: {} } };
  const managed = (name: string, priority: number, counted: readonly string[] = []): CfnWebACL.RuleProperty => ({
    name,
    priority,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: 'AWS', name, ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })) } },
    visibilityConfig: seen(name),
  });
  const plain = [{ priority: 0, type: 'NONE' }];
  return new CfnWebACL(scope, 'web-acl', {
    name: doorName(names),
    description: 'Before the portal of TEAM',
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: seen(doorName(names)),
    associationConfig: { requestBody: { API_GATEWAY: { defaultSizeInspectionLimit: 'KB_64' } } },
    rules: [
      { ...block, name: 'TooManyOfOneAddress', priority: 0, statement: { rateBasedStatement: { limit: limits.callsPerAddressInFiveMinutes, evaluationWindowSec: 300, aggregateKeyType: 'IP' } }, visibilityConfig: seen('TooManyOfOneAddress') },
      {
        ...block,
        name: 'TooLarge',
        priority: 1,
        statement: {
          andStatement: {
            statements: [
              { sizeConstraintStatement: { fieldToMatch: { body: { oversizeHandling: 'MATCH' } }, comparisonOperator: 'GT', size: largestBody, textTransformations: plain } },
              { notStatement: { statement: { byteMatchStatement: { fieldToMatch: { uriPath: {} }, positionalConstraint: 'STARTS_WITH', searchString: '/v1/policies/', textTransformations: plain } } } },
            ],
          },
        },
        visibilityConfig: seen('TooLarge'),
      },
      managed('AWSManagedRulesCommonRuleSet', 2, countedInBodies),
      managed('AWSManagedRulesKnownBadInputsRuleSet', 3),
    ],
  });
}
