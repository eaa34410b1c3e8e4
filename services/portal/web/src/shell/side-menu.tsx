import SideNavigation from '@cloudscape-design/components/side-navigation';
import type { SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import type { ReactElement } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Me } from '../../../api/src/contract/index.ts';
import { useStandsIn } from '../api/stands-in.ts';

const link = (text: string, href: string): SideNavigationProps.Link => ({ type: 'link', text, href });

/** What this person has a use for. What they may do is decided on the server, whatever stands here. */
function itemsFor({ approver, auditor, administrator }: Me['personas'], standsIn: boolean): SideNavigationProps.Item[] {
  const decides = approver || administrator;
  const sees = auditor || administrator;
  return [
    link('My access', '/access'),
    link('Request access', '/request'),
    link('My requests', '/requests'),
    ...(decides ? [{ type: 'section-group', title: 'Approve', items: [link('Approvals', '/approvals'), link('Active access', '/active'), link('Delegation', '/delegation')] } as const] : []),
    ...(standsIn && !decides ? [{ type: 'section-group', title: 'Approve', items: [link('Approvals', '/approvals'), link('Delegation', '/delegation')] } as const] : []),
    ...(sees ? [{ type: 'section-group', title: 'Look into', items: [...(decides ? [] : [link('Active access', '/active')]), link('Audit', '/audit'), link('Administration', '/administration')] } as const] : []),
    { type: 'divider' },
    link('Overview', '/overview'),
  ];
}

interface SideMenuProps {
  readonly personas: Me['personas'] | undefined;
  /** Somebody went to a page. */
  readonly followed: () => void;
}

export function SideMenu({ personas, followed }: SideMenuProps): ReactElement {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const standsIn = useStandsIn(personas !== undefined && !personas.approver && !personas.administrator);
  return (
    <SideNavigation
      activeHref={pathname}
      items={itemsFor(personas ?? { approver: false, auditor: false, administrator: false }, standsIn)}
      onFollow={(event) => {
        if (event.detail.external) return;
        event.preventDefault();
        followed();
        void navigate(event.detail.href);
      }}
    />
  );
}
