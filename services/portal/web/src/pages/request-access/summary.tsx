import Alert from '@cloudscape-design/components/alert';
import type { ReactElement } from 'react';
import type { Preview } from '../../../../api/src/contract/index.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface SummaryProps {
  /** Enough is filled in to be judged. */
  readonly wanted: boolean;
  readonly preview: Preview | undefined;
  readonly error: Error | null;
  /** The preview is of what is filled in now. */
  readonly fresh: boolean;
}

/** What would become of the whole, before it is sent. It is a live region, so that it is heard too. */
export function Summary({ wanted, preview, error, fresh }: SummaryProps): ReactElement {
  return <div role="status" aria-busy={!fresh}>{wanted ? <Judgement preview={preview} error={error} fresh={fresh} /> : null}</div>;
}

function Judgement({ preview, error, fresh }: Omit<SummaryProps, 'wanted'>): ReactElement {
  if (error) return <ProblemAlert error={error} />;
  if (!preview || !fresh) return <Alert type="info">Looking what would become of it…</Alert>;
  if (!preview.allowed) return <Alert type="error" header="As it stands, this would be refused">{whyRefused(preview)} You can send it nevertheless: it is judged anew then.</Alert>;
  const waits = preview.targets.some(({ approvalRequired }) => approvalRequired);
  return waits ? <Alert type="info" header="Somebody has to approve it">It waits in their list as soon as you send it.</Alert> : <Alert type="success" header="No approval needed">The access is there within a minute after you send it.</Alert>;
}

function whyRefused({ targets, reasons = [] }: Preview): string {
  const whole = reasons.map(({ message }) => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`);
  const refused = targets.filter(({ allowed }) => !allowed).length;
  return [...whole, ...(refused === 0 ? [] : [`${refused === targets.length ? 'Each' : `${refused} of ${targets.length}`} of what you chose says why, above.`])].join(' ');
}
