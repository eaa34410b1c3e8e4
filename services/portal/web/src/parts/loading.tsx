import Box from '@cloudscape-design/components/box';
import type { ReactElement } from 'react';

const widths = ['62%', '88%', '74%', '48%'];

/** Where something will stand in a moment. */
export function Loading({ what }: { what: string }): ReactElement {
  return (
    <Box padding={{ vertical: 'l' }}>
      <div role="status" aria-label={`Loading ${what}`}>
        {widths.map((width) => (
          <div key={width} className="skeleton" style={{ inlineSize: width }} />
        ))}
      </div>
    </Box>
  );
}
