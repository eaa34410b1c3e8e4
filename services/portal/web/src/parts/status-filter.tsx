import Select from '@cloudscape-design/components/select';
import type { ReactElement } from 'react';
import type { Status } from '../../../api/src/contract/index.ts';
import { asStatus, statuses, statusWords } from './status.tsx';

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
