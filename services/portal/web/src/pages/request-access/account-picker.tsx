import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useAskable } from '../../api/queries.ts';
import { you } from './for-whom.ts';

export interface Account {
  readonly accountId: string;
  readonly accountName: string;
}

interface AccountPickerProps {
  /** Whose list is chosen from; undefined: not known yet. */
  readonly whose: string | undefined;
  readonly account: Account | undefined;
  readonly choose: (account: Account) => void;
}

/** Accounts in which there is anything to ask for, found by the server as one types. */
export function AccountPicker({ whose, account, choose }: AccountPickerProps): ReactElement {
  const [search, setSearch] = useState('');
  const { data, isFetching, error, refetch } = useAskable(search, whose, whose !== undefined);
  const nothing = whose === '' ? 'You may not ask for anything. An administrator can change that.' : `${you(whose)} may not ask for anything.`;
  const accounts = [...new Map(data?.items.map(({ accountId, accountName }) => [accountId, { accountId, accountName }])).values()];
  return (
    <Select
      filteringType="manual"
      filteringPlaceholder="Name or number"
      filteringAriaLabel="Find an account"
      placeholder="Choose an account"
      disabled={whose === undefined}
      selectedOption={account ? { value: account.accountId, label: account.accountName } : null}
      options={accounts.map(({ accountId, accountName }) => ({ value: accountId, label: accountName, description: accountId }))}
      onLoadItems={({ detail }) => {
        setSearch(detail.filteringText);
        if (error) void refetch();
      }}
      onChange={({ detail }) => {
        const chosen = accounts.find(({ accountId }) => accountId === detail.selectedOption.value);
        if (chosen) choose(chosen);
      }}
      virtualScroll
      statusType={error ? 'error' : isFetching && accounts.length === 0 ? 'loading' : 'finished'}
      loadingText="Looking for accounts"
      errorText="The accounts could not be read."
      recoveryText="Try again"
      finishedText={data?.next === undefined ? '' : 'There are more: type to find them'}
      empty={search === '' ? nothing : `No account that ${you(whose)} may ask for has this in it`}
    />
  );
}
