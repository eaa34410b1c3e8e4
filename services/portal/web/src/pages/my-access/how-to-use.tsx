import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactElement } from 'react';
import type { RequestRow } from '../../../../api/src/contract/index.ts';
import { awsProfile } from './aws-profile.ts';

/** How to get into the accounts of what one has oneself, in the browser and on the command line. */
export function HowToUse({ rows }: { rows: readonly RequestRow[] }): ReactElement {
  const targets = rows.filter(({ status }) => status === 'active').flatMap((row) => row.targets);
  const profiles = [...new Map(targets.flatMap((target) => awsProfile(target) ?? []).map((profile) => [profile.name, profile])).values()];
  return (
    <ExpandableSection variant="container" headerText="How to use it">
      <SpaceBetween size="m">
        <Box variant="p">In the browser: open your organization's AWS access portal, the account, and the permission set.</Box>
        <Box variant="p">
          On the command line: add this to <code>~/.aws/config</code>, with the name of your own <code>sso-session</code> in place of <code>my-sso</code>.
        </Box>
        {profiles.map(({ name, lines }) => (
          <SpaceBetween key={name} size="xs">
            <Box variant="pre"><span className="words">{lines}</span></Box>
            <SpaceBetween direction="horizontal" size="s">
              <CopyToClipboard copyButtonText="Copy profile" copyButtonAriaLabel={`Copy profile ${name}`} copySuccessText="Copied" copyErrorText="Could not copy" textToCopy={lines} />
              <CopyToClipboard copyButtonText="Copy command" copyButtonAriaLabel={`Copy command that signs in to ${name}`} copySuccessText="Copied" copyErrorText="Could not copy" textToCopy={`aws sso login --profile ${name}`} />
            </SpaceBetween>
          </SpaceBetween>
        ))}
      </SpaceBetween>
    </ExpandableSection>
  );
}
