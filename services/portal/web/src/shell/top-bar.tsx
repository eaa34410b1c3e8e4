import TopNavigation from '@cloudscape-design/components/top-navigation';
import type { TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useNavigate } from 'react-router';
import type { Me } from '../../../api/src/contract/index.ts';
import { call } from '../api/call.ts';
import { safeHref } from '../parts/safe-href.ts';
import { dark, utc } from '../stored/preferences.ts';
import { useStored } from '../stored/stored.ts';
import { forgetTyped } from '../stored/typed.ts';

/** Who is signed in, and how they want to see things. */
export function TopBar({ me }: { me: Me | undefined }): ReactElement {
  const [isDark, setDark] = useStored(dark);
  const [inUtc, setUtc] = useStored(utc);
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => call<{ href: string }>('POST', '/auth/sign-out', { body: {} }),
    onSuccess: ({ href }) => {
      forgetTyped(window.sessionStorage);
      window.location.assign(safeHref(href) ?? '/');
    },
  });
  const preferences: TopNavigationProps.Utility[] = [
    { type: 'button', text: inUtc ? 'UTC' : 'Local time', ariaLabel: inUtc ? 'UTC: show times in your zone' : 'Local time: show times in UTC', onClick: () => setUtc(!inUtc) },
    { type: 'button', text: isDark ? 'Dark' : 'Light', ariaLabel: isDark ? 'Dark: change to light colours' : 'Light: change to dark colours', onClick: () => setDark(!isDark) },
  ];
  const person: TopNavigationProps.Utility[] = me
    ? [
        {
          type: 'menu-dropdown',
          text: me.displayName ?? me.userName,
          description: me.userName,
          iconName: 'user-profile',
          items: [{ id: 'sign-out', text: signOut.isError ? 'Sign out (it did not work: try again)' : 'Sign out' }],
          onItemClick: ({ detail }) => detail.id === 'sign-out' && signOut.mutate(),
        },
      ]
    : [];
  return (
    <div id="top-bar">
      <TopNavigation
        identity={{
          href: '/',
          title: 'TEAM',
          onFollow: (event) => {
            event.preventDefault();
            void navigate('/');
          },
        }}
        utilities={[...preferences, ...person]}
        i18nStrings={{ overflowMenuTriggerText: 'More', overflowMenuTitleText: 'All', searchIconAriaLabel: 'Search' }}
      />
    </div>
  );
}
