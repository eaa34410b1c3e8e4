import Select from '@cloudscape-design/components/select';
import type { ReactElement } from 'react';
import type { Status } from '../../../api/src/contract/index.ts';
import { statusWords } from './status.tsx';

/** In the order of a request's life. */
const statuses = [
  'pending', 'scheduled', 'activating', 'active', 'ending', 'ended', 'revoked', 'cancelled', 'denied', 'rejected', 'approval-expired', 'failed',
] as const satisfies readonly Status[];
/** A status that came from elsewhere, as the address of a page; nothing where it is none. */
export function asStatus(value: string | null | undefined): Status | undefined {
  return statuses.find((one) => one === value);
}

const any = { value: '', label: 'Any status' };

export function StatusFilter({ status, choose }: { status: Status | undefined; choose: (status: Status | undefined) => void }): ReactElement {
  const options = [any, ...statuses.map((value) => ({ value, label: statusWords(value) }))];
  return (
    <Select
      ariaLabel="Status"
      options={options}
      selectedOption={options.find(({ value }) => value === status) ?? any}
      onChange={({ detail }) => choose(asStatus(detail.selectedOption.value))}
    />
  );
}
