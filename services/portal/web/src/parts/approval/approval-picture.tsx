import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Steps from '@cloudscape-design/components/steps';
import type { StepsProps } from '@cloudscape-design/components/steps';
import type { ReactElement } from 'react';
import { Decisions } from '../decisions.tsx';
import { Time } from '../time.tsx';
import type { ApprovalStep, ApprovalWay, StepStatus } from './approval-steps.ts';

/** How each is drawn, and what is heard in place of the drawing. */
const drawn: Readonly<Record<StepStatus, readonly [StepsProps.Status, string]>> = {
  agreed: ['success', 'Agreed'],
  denied: ['error', 'Denied'],
  waits: ['in-progress', 'Waits'],
  later: ['pending', 'Comes later'],
  over: ['stopped', 'Came to nothing'],
};

/** Who approves when: the stages of approval in their order, each with who is asked and who decided; ways of targets that differ, one after the other. */
export default function ApprovalPicture({ ways }: { readonly ways: readonly ApprovalWay[] }): ReactElement {
  return (
    <SpaceBetween size="m">
      {ways.map(({ targets, steps }) => (
        <div key={targets.join()}>
          {ways.length > 1 && <Box variant="h3"><span className="words">{targets.join(', ')}</span></Box>}
          <Steps ariaLabel={ways.length > 1 ? `Who approves ${targets.join(', ')}, and when` : 'Who approves when'} steps={steps.map(asStep)} />
        </div>
      ))}
    </SpaceBetween>
  );
}

function asStep(step: ApprovalStep): StepsProps.Step {
  const [status, statusIconAriaLabel] = drawn[step.status];
  return { status, statusIconAriaLabel, header: <Box variant="span" fontWeight="bold" color="text-label"><span className="words">{step.header}</span></Box>, details: <Details step={step} /> };
}

function Details({ step: { policyId, since, soFar, escalated, decisions } }: { step: ApprovalStep }): ReactElement | null {
  if (policyId === undefined) return null;
  return (
    <>
      <Box color="text-body-secondary" fontSize="body-s">
        <span className="words">Policy {policyId}</span>
        {since !== undefined && <>, asked <Time at={since} /></>}
        {escalated && ', more people later'}
        {soFar !== undefined && <>; <b>{soFar}</b></>}
      </Box>
      <Decisions decisions={decisions} />
    </>
  );
}
