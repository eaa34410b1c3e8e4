import type { ReactElement } from 'react';
import type { RequestDetail } from '../../../../api/src/contract/index.ts';
import { secondsInWords } from '../../parts/duration.ts';
import { phasesOf } from './life.ts';

/** The life of a request as one bar: how long it waited, how long access stood, how long credentials outlast it. */
export function LifePicture({ detail }: { detail: RequestDetail }): ReactElement | null {
  const phases = phasesOf(detail).map((phase) => ({ ...phase, words: `${phase.name}: ${secondsInWords((phase.to - phase.from) / 1_000)}` }));
  if (phases.length === 0) return null;
  return (
    <div>
      <div className="life" role="img" aria-label={phases.map(({ words }) => words).join('; ')}>
        {phases.map(({ name, colour, from, to, words }) => <div key={name} title={words} style={{ background: colour, flexGrow: to - from }} />)}
      </div>
      <div className="life-keys" aria-hidden="true">
        {phases.map(({ name, colour, words }) => <span key={name}><i style={{ background: colour }} />{words}</span>)}
      </div>
    </div>
  );
}
