import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactElement, ReactNode } from 'react';
import type { PolicyPlan } from '../../../../api/src/contract/index.ts';

/** So many of one kind are spelled out; a policy for many groups has thousands of effects, one that locks people out as many reasons. */
const mostOfOne = 12;
const signs = { '+': 'gains', '-': 'loses', '~': 'has it differently' } as const;

/** What would become of a change, the hindrances first. */
export function PlanView({ plan, children }: { plan: PolicyPlan; children: ReactNode }): ReactElement {
  const { problems, change, differences, effects, reasons, widens, needsSecondAdministrator } = plan;
  if (problems.length > 0) {
    return (
      <div role="alert">
        <Alert type="error" header="It cannot be read">
          <List items={problems.map(({ line, field, message }) => `${line === undefined ? '' : `Line ${line}: `}${field === '' ? '' : `${field}: `}${message}`)} />
        </Alert>
      </div>
    );
  }
  if (!change) return <div role="status"><Alert type="info">Nothing would change.</Alert></div>;
  return (
    <Container header={<Header variant="h2">Plan</Header>}>
      <SpaceBetween size="m">
        <div role="status">
          {reasons.length > 0 ? (
            <Alert type="error" header="It would be refused"><List items={reasons.map(({ code, message }) => `${message} (${code})`)} /></Alert>
          ) : needsSecondAdministrator ? (
            <Alert type="warning" header="A second administrator must agree">It waits until another administrator agrees to what it makes wider.</Alert>
          ) : (
            <Alert type="info" header="It holds at once">{widens.length === 0 ? 'It gives nobody more than they have.' : 'The limits ask for no second administrator.'}</Alert>
          )}
        </div>
        <Part title="What becomes otherwise" items={differences} />
        <Part title="What becomes wider" items={widens} />
        <Part title="Who gains, loses or has it differently" items={effects.map(({ sign, text }) => `${text} (${signs[sign]})`)} />
        {children}
      </SpaceBetween>
    </Container>
  );
}

function Part({ title, items }: { title: string; items: readonly string[] }): ReactElement | null {
  if (items.length === 0) return null;
  return (
    <div>
      <Box variant="h3">{title}</Box>
      <List items={items} />
    </div>
  );
}

function List({ items }: { items: readonly string[] }): ReactElement {
  const different = [...new Set(items)];
  return (
    <ul>
      {different.slice(0, mostOfOne).map((item) => <li key={item} className="words">{item}</li>)}
      {different.length > mostOfOne && <li>and {different.length - mostOfOne} more</li>}
    </ul>
  );
}
