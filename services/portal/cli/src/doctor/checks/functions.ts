import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { counted } from '../../print/printable.ts';
import type { Check } from '../examination.ts';
import { faultsOr, ok, problem, type Finding } from '../finding.ts';

/** Every function of every service is there and can be invoked. */
export const functionsCheck: Check = {
  name: 'functions',
  prerequisite: false,
  async run({ clients: { lambda }, expected: { functions } }) {
    const faults: Finding[] = [];
    for (const FunctionName of functions) {
      const check = `function ${FunctionName}`;
      try {
        const { State, StateReason } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
        // A function that was not invoked for weeks is Inactive until it is: https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
        if (State !== 'Active' && State !== 'Inactive') faults.push(problem(check, `it is ${State ?? 'in no state'}${StateReason === undefined ? '' : `: ${StateReason}`}`, 'deploy again'));
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
        faults.push(problem(check, 'it is not there', 'deploy again; the deployment makes it'));
      }
    }
    return faultsOr(faults, ok(this.name, `${counted(functions.length, 'function')}`));
  },
};
