import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useAskable } from '../../api/queries.ts';

export interface Account {
  readonly accountId: string;
  readonly accountName: string;
}

/** Accounts in which there is anything to ask for, found by the server as one types. */
export function AccountPicker({ account, choose }: { account: Account | undefined; choose: (account: Account) => void }): ReactElement {
  const [search, setSearch] = useState('');
  const { data, isFetching, error, refetch } = useAskable(search);
  const accounts = [...new Map(data?.items.map(({ accountId, accountName }) => [accountId, { accountId, accountName }])).values()];
  return (
    <Select
      filteringType="manual"
      filteringPlaceholder="Name or number"
      filteringAriaLabel="Find an account"
      placeholder="Choose an account"
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
      empty={search === '' ? 'You may not ask for anything. An administrator can change that.' : 'No account that you may ask for has this in it'}
    />
  );
}
