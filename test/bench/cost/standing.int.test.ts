import { deployedOf, example, ofType } from '../../../infra/aws/test/templates.ts';
import { standing } from './standing.ts';

it('counts every key, alarm and dashboard that is deployed', () => {
  const deployed = deployedOf(example);
  expect(standing()).toEqual({
    kmsKeyMonth: ofType(deployed, 'AWS::KMS::Key').length,
    cloudWatchAlarmMonth: ofType(deployed, 'AWS::CloudWatch::Alarm').length,
    cloudWatchDashboardMonth: ofType(deployed, 'AWS::CloudWatch::Dashboard').length,
  });
}, 120_000);
