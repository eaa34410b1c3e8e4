import Multiselect from '@cloudscape-design/components/multiselect';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Askable } from '../../../../api/src/contract/index.ts';
import { useAskable } from '../../api/queries.ts';
import { minutesInWords } from '../../parts/duration.ts';
import type { Account } from './account-picker.tsx';
import { you } from './for-whom.ts';

interface PermissionSetPickerProps {
  /** Whose list is chosen from; undefined: not known yet. */
  readonly whose: string | undefined;
  readonly account: Account | undefined;
  readonly targets: readonly Askable[];
  /** All targets, of other accounts too. */
  readonly choose: (targets: readonly Askable[]) => void;
}

/** Permission sets of the chosen account; ticking one adds it to what is asked for. */
export function PermissionSetPicker({ whose, account, targets, choose }: PermissionSetPickerProps): ReactElement {
  const [search, setSearch] = useState('');
  const { data, isFetching, error, refetch } = useAskable(account?.accountId ?? '', whose, account !== undefined && whose !== undefined);
  const here = data?.items.filter(({ accountId }) => accountId === account?.accountId) ?? [];
  const found = here.filter(({ permissionSetName }) => permissionSetName.toLowerCase().includes(search.trim().toLowerCase()));
  const option = ({ permissionSetArn, permissionSetName, maximumMinutes, approvalRequired }: Askable): { value: string; label: string; description: string } => ({
    value: permissionSetArn,
    label: permissionSetName,
    description: `up to ${minutesInWords(maximumMinutes)}, ${approvalRequired ? 'needs approval' : 'no approval needed'}`,
  });
  return (
    <Multiselect
      filteringType="manual"
      filteringPlaceholder="Name of a permission set"
      filteringAriaLabel="Find a permission set"
      placeholder={account ? 'Choose permission sets' : 'Choose an account first'}
      disabled={!account}
      hideTokens
      selectedOptions={targets.filter(({ accountId }) => accountId === account?.accountId).map(option)}
      options={found.map(option)}
      onLoadItems={({ detail }) => {
        setSearch(detail.filteringText);
        if (error) void refetch();
      }}
      onChange={({ detail }) => {
        const chosen = new Set(detail.selectedOptions.map(({ value }) => value));
        const elsewhere = targets.filter(({ accountId }) => accountId !== account?.accountId);
        const known = [...here, ...targets.filter((target) => target.accountId === account?.accountId && !here.some(({ permissionSetArn }) => permissionSetArn === target.permissionSetArn))];
        choose([...elsewhere, ...known.filter(({ permissionSetArn }) => chosen.has(permissionSetArn))]);
      }}
      statusType={error ? 'error' : isFetching && here.length === 0 ? 'loading' : 'finished'}
      loadingText="Looking for permission sets"
      errorText="The permission sets could not be read."
      recoveryText="Try again"
      empty={`No permission set that ${you(whose)} may ask for there`}
    />
  );
}
