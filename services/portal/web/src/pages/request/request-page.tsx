import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactElement } from 'react';
import { useLocation, useParams } from 'react-router';
import { ProblemError } from '../../api/problem-error.ts';
import { useRequest } from '../../api/queries.ts';
import { Loading } from '../../parts/loading.tsx';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { PageButton } from '../../parts/page-link.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Page } from '../../shell/page.tsx';
import { RequestActions } from './request-actions.tsx';
import { RequestBody } from './request-body.tsx';

/** One request, at an address that can be sent to somebody. */
export default function RequestPage(): ReactElement {
  const { requestId = '' } = useParams();
  const location = useLocation();
  const arriving = (location.state as { arriving?: boolean } | null)?.arriving === true;
  const { data, error, refetch } = useRequest(requestId, arriving);
  const title = `Request ${requestId.slice(0, 8)}`;
  if (data) {
    return (
      <Page title={title} actions={<RequestActions detail={data} />}>
        <SpaceBetween size="l">
          {error && <ProblemAlert error={error} retry={() => void refetch()} />}
          <RequestBody detail={data} />
        </SpaceBetween>
      </Page>
    );
  }
  if (error instanceof ProblemError && error.status === 404) {
    return (
      <Page title={title}>
        <NothingHere title="You cannot see such a request" action={<PageButton to="/requests">My requests</PageButton>}>
          {arriving ? 'It was sent and does not show yet. Load this page again in a minute.' : 'It does not exist, or it is for others to see.'}
        </NothingHere>
      </Page>
    );
  }
  return <Page title={title}>{error ? <ProblemAlert error={error} retry={() => void refetch()} /> : <Loading what={arriving ? 'what becomes of your request' : 'the request'} />}</Page>;
}
