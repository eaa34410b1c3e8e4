import type { ReactElement } from 'react';
import { utc } from '../stored/preferences.ts';
import { useStored } from '../stored/stored.ts';

const form = (timeZone: string | undefined, seconds: boolean): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', {
    year: 'numeric', month: 'short', day: '2-digit', hour: '2-digit', minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    ...(timeZone === undefined ? {} : { timeZone }),
    timeZoneName: 'short',
  });

const forms = {
  local: { minutes: form(undefined, false), seconds: form(undefined, true) },
  utc: { minutes: form('UTC', false), seconds: form('UTC', true) },
};

/** A moment in the reader's zone or in UTC, as they chose; the other one is its title. */
export function Time({ at, seconds = false }: { at: string; seconds?: boolean }): ReactElement {
  const [inUtc] = useStored(utc);
  const moment = new Date(at);
  const fine = seconds ? 'seconds' : 'minutes';
  const [shown, other] = inUtc ? [forms.utc, forms.local] : [forms.local, forms.utc];
  return (
    <time dateTime={at} title={other.seconds.format(moment)} style={{ whiteSpace: 'nowrap' }}>
      {shown[fine].format(moment)}
    </time>
  );
}
