import BarChart from '@cloudscape-design/components/bar-chart';
import PieChart from '@cloudscape-design/components/pie-chart';
import type { ReactElement } from 'react';
import type { Overview } from '../../../../api/src/contract/index.ts';
import { NothingHere } from '../../parts/nothing-here.tsx';

type Counted = Overview['byAccount'];
const MOST = 12;
const empty = <NothingHere title="Nothing yet" />;

export function DaysChart({ days }: { days: Overview['requests'] }): ReactElement {
  return (
    <BarChart
      series={[{ title: 'Requests', type: 'bar', data: days.map(({ day, count }) => ({ x: day, y: count })) }]}
      xDomain={days.map(({ day }) => day)}
      yDomain={[0, Math.max(1, ...days.map(({ count }) => count))]}
      xTitle="Day" yTitle="Requests" ariaLabel="Requests by day" height={220} hideFilter hideLegend
      i18nStrings={{ xTickFormatter: (day) => day.slice(5) }}
      empty={empty}
    />
  );
}

/** The most frequent, longest bar first. */
export function CountsChart({ title, of }: { title: string; of: Counted }): ReactElement {
  const most = of.toSorted((a, b) => b.count - a.count).slice(0, MOST);
  return (
    <BarChart
      series={[{ title: 'Requests', type: 'bar', data: most.map(({ name, count }) => ({ x: name, y: count })) }]}
      xDomain={most.map(({ name }) => name)}
      yDomain={[0, Math.max(1, ...most.map(({ count }) => count))]}
      xTitle="" yTitle="Requests" ariaLabel={title} height={Math.max(120, most.length * 28)} horizontalBars hideFilter hideLegend
      empty={empty}
    />
  );
}

export function ShareChart({ title, of }: { title: string; of: Counted }): ReactElement {
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
