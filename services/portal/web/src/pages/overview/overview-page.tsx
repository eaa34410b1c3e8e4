import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactElement, ReactNode } from 'react';
import type { Overview } from '../../../../api/src/contract/index.ts';
import { useOverview } from '../../api/queries.ts';
import { secondsInWords } from '../../parts/duration.ts';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { asStatus, statusWords } from '../../parts/status.tsx';
import { Page } from '../../shell/page.tsx';
import { CountsChart, DaysChart, ShareChart } from './charts.tsx';

/** What happened in the last thirty days, as far as the reader may see. */
export default function OverviewPage(): ReactElement {
  const { data, error, refetch } = useOverview();
  return (
    <Page title="Overview" description="The last thirty days, as far as you may see.">
      <SpaceBetween size="l">
        {error && <ProblemAlert error={error} retry={() => void refetch()} />}
        {data ? <Plots overview={data} /> : !error && <Loading what="the overview" />}
      </SpaceBetween>
    </Page>
  );
}

function Plots({ overview }: { overview: Overview }): ReactElement {
  const { requests, byStatus, byAccount, byPermissionSet, approvalSeconds, activeNow, counted } = overview;
  const named = byStatus.map(({ name, count }) => ({ name: wordsOf(name), count }));
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">In numbers</Header>}>
        <ColumnLayout columns={4} variant="text-grid" minColumnWidth={140}>
          <Figure label="Requests">{counted}</Figure>
          <Figure label="Active now">{activeNow}</Figure>
          <Figure label="Time to approval, median">{approvalSeconds ? secondsInWords(approvalSeconds.median) : '–'}</Figure>
          <Figure label="Time to approval, 9 of 10">{approvalSeconds ? secondsInWords(approvalSeconds.p90) : '–'}</Figure>
        </ColumnLayout>
      </Container>
      <Container header={<Header variant="h2">Requests by day</Header>}><DaysChart days={requests} /></Container>
      <Grid gridDefinition={[{ colspan: { default: 12, m: 6 } }, { colspan: { default: 12, m: 6 } }, { colspan: { default: 12 } }]}>
        <Container fitHeight header={<Header variant="h2">What became of them</Header>}><ShareChart title="Requests by status" of={named} /></Container>
        <Container fitHeight header={<Header variant="h2">By permission set</Header>}><CountsChart title="Requests by permission set" of={byPermissionSet} /></Container>
        <Container header={<Header variant="h2">By account</Header>}><CountsChart title="Requests by account" of={byAccount} /></Container>
      </Grid>
    </SpaceBetween>
  );
}

function wordsOf(name: string): string {
  const status = asStatus(name);
  return status ? statusWords(status) : name;
}

function Figure({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return (
    <div>
      <Box variant="awsui-key-label">{label}</Box>
      <Box fontSize="heading-xl" fontWeight="bold">{children}</Box>
    </div>
  );
}
