import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Slider from '@cloudscape-design/components/slider';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { serverNow } from '../../api/server-clock.ts';
import { minutesInWords } from '../../parts/duration.ts';
import { utc } from '../../stored/preferences.ts';
import { useStored } from '../../stored/stored.ts';
import { durationBounds, nothingChosen, startOf, USUAL_REACH_MINUTES } from './draft.ts';
import type { Draft } from './draft.ts';

const DAY_MS = 86_400_000;

interface WhenProps {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  /** An extension begins where the other ends. */
  readonly extending: boolean;
  /** It was to be sent, so what is missing is said. */
  readonly tried: boolean;
}

/** Now or at a time, and for how long, by slider or to the minute. */
export function WhenAndHowLong({ draft, change, extending, tried }: WhenProps): ReactElement {
  const [inUtc] = useStored(utc);
  const { min, max, step } = durationBounds(draft);
  const { durationMinutes } = draft;
  // How long somebody else may have it is not looked up.
  const unknown = extending && draft.other !== '';
  const reach = unknown ? USUAL_REACH_MINUTES : max;
  // What is typed stands as it is typed; only what is a possible duration is taken over.
  const [typed, setTyped] = useState<string>();
  const setDuration = (minutes: number): void => {
    if (Number.isInteger(minutes) && minutes >= 1 && minutes <= max) change({ ...draft, durationMinutes: minutes });
  };
  return (
    <SpaceBetween size="l">
      {!extending && (
        <RadioGroup
          ariaLabel="When"
          value={draft.when}
          items={[{ value: 'now', label: 'As soon as it is approved' }, { value: 'later', label: 'At a time' }]}
          onChange={({ detail }) => change({ ...draft, when: detail.value === 'later' ? 'later' : 'now' })}
        />
      )}
      {draft.when === 'later' && !extending && (
        <SpaceBetween direction="horizontal" size="m">
          <FormField label="Day" errorText={tried && draft.date === '' ? 'Choose a day.' : ''}>
            <DatePicker value={draft.date} onChange={({ detail }) => change({ ...draft, date: detail.value })} placeholder="YYYY/MM/DD" openCalendarAriaLabel={(day) => `Choose a day${day === null ? '' : `, chosen: ${day}`}`} isDateEnabled={(day) => day.getTime() > serverNow() - DAY_MS} />
          </FormField>
          <FormField label={inUtc ? 'Time (UTC)' : 'Time (your zone)'} errorText={tried && startOf(draft, inUtc) === undefined ? 'Say from when, as 09:30.' : ''}>
            <TimeInput format="hh:mm" placeholder="hh:mm" value={draft.time} onChange={({ detail }) => change({ ...draft, time: detail.value })} />
          </FormField>
        </SpaceBetween>
      )}
      <FormField label={extending ? 'For how much longer' : 'For how long'} constraintText={nothingChosen(draft) ? '' : unknown ? 'At most as long as they may have it, with what they had so far.' : `At most ${minutesInWords(max)}${extending ? ', with what you had so far' : ' for what you chose'}.`}>
        <Slider min={min} max={reach > min ? reach : min + 1} step={step} disabled={reach <= min} value={Math.min(Math.max(min, durationMinutes), Math.max(reach, min + 1))} valueFormatter={minutesInWords} ariaLabel="Duration" onChange={({ detail }) => setDuration(detail.value)} />
      </FormField>
      <FormField label="Or in minutes">
        <Input
          type="number" inputMode="numeric" value={typed ?? String(durationMinutes)}
          onBlur={() => setTyped(undefined)}
          onChange={({ detail }) => {
            setTyped(detail.value);
            setDuration(Number(detail.value));
          }}
        />
      </FormField>
    </SpaceBetween>
  );
}
