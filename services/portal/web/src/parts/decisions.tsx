import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactElement } from 'react';
import type { RequestDetail } from '../../../api/src/contract/index.ts';
import { Time } from './time.tsx';

const SHOWN = 8;

/** Who is waited for, stage by stage. */
export function WaitsFor({ stages }: { stages: RequestDetail['waitsFor'] }): ReactElement | null {
  if (stages.length === 0) return null;
  return (
    <div>
      {stages.map(({ policyId, missing, approvers }) => (
        <Box key={policyId} variant="p">
          <span className="words">
            {missing === 1 ? 'One more' : `${missing} more`} of {approvers.slice(0, SHOWN).join(', ') || 'nobody'}
            {approvers.length > SHOWN ? ` and ${approvers.length - SHOWN} others` : ''} must agree (policy {policyId}).
          </span>
        </Box>
      ))}
    </div>
  );
}

/** Who decided what. */
export function Decisions({ decisions }: { decisions: RequestDetail['decisions'] }): ReactElement | null {
  if (decisions.length === 0) return null;
  return (
    <div>
      {decisions.map(({ decider, onBehalfOf, verdict, comment, decidedAt }) => (
        <Box key={decider + decidedAt} variant="p">
          <StatusIndicator type={verdict === 'approve' ? 'success' : 'error'}>
            <span className="words">{decider}</span> {verdict === 'approve' ? 'approved' : 'denied'}{onBehalfOf !== undefined && <span className="words"> in place of {onBehalfOf}</span>}
          </StatusIndicator>{' '}
          · <Time at={decidedAt} />
          {comment !== undefined && comment !== '' && <div>“<span className="words">{comment}</span>”</div>}
        </Box>
      ))}
    </div>
  );
}
