import BarChart from '@cloudscape-design/components/bar-chart';
import PieChart from '@cloudscape-design/components/pie-chart';
import type { ReactElement } from 'react';
import type { Overview } from '../../../../api/src/contract/index.ts';
import { NothingHere } from '../../parts/nothing-here.tsx';

type Counted = Overview['byAccount'];
const MOST = 12;
const empty = <NothingHere title="No request in these thirty days">What is asked for shows here within a minute.</NothingHere>;

/** Requests are counted in whole ones: a tick between two says nothing. */
const wholeTick = (value: number): string => (Number.isInteger(value) ? String(value) : '');

export function DaysChart({ days }: { days: Overview['requests'] }): ReactElement {
  if (days.every(({ count }) => count === 0)) return empty;
  return (
    <BarChart
      series={[{ title: 'Requests', type: 'bar', data: days.map(({ day, count }) => ({ x: day, y: count })) }]}
      xDomain={days.map(({ day }) => day)}
      yDomain={[0, Math.max(1, ...days.map(({ count }) => count))]}
      xTitle="Day" yTitle="Requests" ariaLabel="Requests by day" height={220} hideFilter hideLegend
      i18nStrings={{ xTickFormatter: (day) => day.slice(5), yTickFormatter: wholeTick }}
      empty={empty}
    />
  );
}

/** The most frequent, longest bar first. */
export function CountsChart({ title, of }: { title: string; of: Counted }): ReactElement {
  if (of.length === 0) return empty;
  const most = of.toSorted((a, b) => b.count - a.count).slice(0, MOST);
  return (
    <BarChart
      series={[{ title: 'Requests', type: 'bar', data: most.map(({ name, count }) => ({ x: name, y: count })) }]}
      xDomain={most.map(({ name }) => name)}
      yDomain={[0, Math.max(1, ...most.map(({ count }) => count))]}
      xTitle="" yTitle="Requests" ariaLabel={title} height={Math.max(120, most.length * 28)} horizontalBars hideFilter hideLegend
      i18nStrings={{ yTickFormatter: wholeTick }}
      empty={empty}
    />
  );
}

export function ShareChart({ title, of }: { title: string; of: Counted }): ReactElement {
  if (of.length === 0) return empty;
  const all = of.reduce((sum, { count }) => sum + count, 0);
  return (
    <PieChart
      variant="donut" size="medium" hideFilter hideLegend={false}
      data={of.map(({ name, count }) => ({ title: name, value: count }))}
      segmentDescription={({ value }) => `${value} of ${all}`}
      ariaLabel={title} ariaDescription="How many requests have which status" innerMetricValue={String(all)} innerMetricDescription="requests"
      empty={empty}
    />
  );
}
