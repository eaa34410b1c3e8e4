import Box from '@cloudscape-design/components/box';
import type { ReactElement } from 'react';
import type { RequestDetail } from '../../../../api/src/contract/index.ts';
import { Time } from '../../parts/time.tsx';
import './history.css';

/** Everything that happened, in the order in which it did, with who said so. */
export function History({ history }: { history: RequestDetail['history'] }): ReactElement {
  return (
    <ol className="history">
      {history.map(({ eventId, at, source, detailType, text, disregarded }) => (
        <li key={eventId} className={disregarded === undefined ? '' : 'disregarded'}>
          <Box color="text-body-secondary" fontSize="body-s">
            <Time at={at} seconds /> · <span className="words">{source} · {detailType}</span>
          </Box>
          <div className="words">{text === '' ? detailType : text}</div>
          {disregarded !== undefined && <Box color="text-status-warning"><span className="words">Changed nothing: {disregarded}</span></Box>}
        </li>
      ))}
    </ol>
  );
}
