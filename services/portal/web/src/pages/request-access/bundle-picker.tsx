import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import type { ReactElement } from 'react';
import type { AskableBundle } from '../../../../api/src/contract/index.ts';
import { minutesInWords } from '../../parts/duration.ts';
import { extentOf, useBundles } from './bundles.ts';
import { you } from './for-whom.ts';

interface BundlePickerProps {
  /** Whose list is chosen from; undefined: not known yet. */
  readonly whose: string | undefined;
  readonly chosen: readonly AskableBundle[];
  readonly choose: (bundles: readonly AskableBundle[]) => void;
}

/** Bundles, where there are any to ask for; ticking one adds it. In most organizations there are none, so nothing is shown until it is known. */
export function BundlePicker({ whose, chosen, choose }: BundlePickerProps): ReactElement | null {
  const { data, error, isFetching, refetch } = useBundles(whose, whose !== undefined);
  const bundles = data?.items ?? [];
  const option = (bundle: AskableBundle): ReturnType<typeof optionOf> => optionOf(bundle, whose);
  if (whose === undefined || (!error && bundles.length === 0)) return null;
  return (
    <FormField label="Bundles" description="Several targets under one name, asked for together." stretch>
      <Multiselect
        filteringType="auto"
        filteringPlaceholder="Name of a bundle, or what is in it"
        filteringAriaLabel="Find a bundle"
        placeholder="Choose bundles"
        hideTokens
        selectedOptions={chosen.map(option)}
        options={bundles.map(option)}
        onLoadItems={() => {
          if (error) void refetch();
        }}
        onChange={({ detail }) => {
          const ids = new Set(detail.selectedOptions.map(({ value }) => value));
          const known = new Map([...chosen, ...bundles].map((bundle) => [bundle.bundleId, bundle]));
          choose([...known.values()].filter(({ bundleId }) => ids.has(bundleId)));
        }}
        statusType={error && !isFetching ? 'error' : isFetching && bundles.length === 0 ? 'loading' : 'finished'}
        loadingText="Looking for bundles"
        errorText="The bundles could not be read."
        recoveryText="Try again"
        noMatch={`No bundle that ${you(whose)} may ask for has this in it`}
      />
    </FormField>
  );
}

function optionOf(bundle: AskableBundle, whose: string | undefined): { value: string; label: string; description: string; filteringTags: string[] } {
  const { bundleId, description, accounts, permissionSets, maximumMinutes, approvalRequired } = bundle;
  const what = `${extentOf(bundle, whose)}, up to ${minutesInWords(maximumMinutes)}, ${approvalRequired ? 'needs approval' : 'no approval needed'}`;
  return {
    value: bundleId,
    label: bundleId,
    description: description === undefined ? what : `${description}: ${what}`,
    filteringTags: [...accounts.map(({ accountName }) => accountName), ...permissionSets.map(({ permissionSetName }) => permissionSetName)],
  };
}
