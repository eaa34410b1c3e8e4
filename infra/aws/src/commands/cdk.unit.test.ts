import { callOf } from './cdk.ts';

describe('the CDK’s command', () => {
  it('deploys and removes every stack, and compares every stack without an option that it does not know', () => {
    expect(callOf('deploy', 'templates', ['--require-approval', 'never']).args).toEqual(['deploy', '--app', 'templates', '--all', '--no-notices', '--require-approval', 'never']);
    expect(callOf('destroy', 'templates', []).args).toContain('--all');
    expect(callOf('diff', 'templates', []).args).toEqual(['diff', '--app', 'templates', '--no-notices']);
  });

  it('tells nobody what is deployed', () => {
    expect(callOf('deploy', 'templates', []).env).toEqual({ CDK_DISABLE_CLI_TELEMETRY: 'true' });
  });
});
