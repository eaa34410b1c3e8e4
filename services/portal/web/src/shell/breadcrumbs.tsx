import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import type { ReactElement } from 'react';
import { useLocation, useNavigate } from 'react-router';

const titles: ReadonlyMap<string, string> = new Map([
  ['access', 'My access'], ['request', 'Request access'], ['requests', 'Requests'], ['approvals', 'Approvals'],
  ['active', 'Active access'], ['delegation', 'Delegation'], ['audit', 'Audit'], ['administration', 'Administration'], ['overview', 'Overview'],
]);

/** Where one is, and the way back up. */
export function Breadcrumbs(): ReactElement {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const [first = '', second] = pathname.split('/').filter((part) => part !== '');
  const title = titles.get(first);
  return (
    <BreadcrumbGroup
      ariaLabel="Where you are"
      items={[
        { text: 'TEAM', href: '/' },
        ...(title === undefined ? [] : [{ text: title, href: `/${first}` }]),
        ...(second === undefined ? [] : [{ text: second.slice(0, 8), href: pathname }]),
      ]}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(event.detail.href);
      }}
    />
  );
}
