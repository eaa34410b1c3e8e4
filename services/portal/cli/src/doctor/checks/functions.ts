import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { counted } from '../../print/printable.ts';
import type { Check } from '../examination.ts';
import { faultsOr, ok, problem } from '../finding.ts';
import { faultsOfEach } from './each.ts';

/** Every function of every service is there and can be invoked. */
export const functionsCheck: Check = {
  name: 'functions',
  prerequisite: false,
  async run({ clients: { lambda }, expected }) {
    const { functions } = await expected();
    const faults = await faultsOfEach('function', functions, 'ResourceNotFoundException', async (FunctionName, check) => {
      const { State, StateReason } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      // A function that was not invoked for weeks is Inactive until it is: https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
      if (State === 'Active' || State === 'Inactive') return undefined;
      return problem(check, `it is ${State ?? 'in no state'}${StateReason === undefined ? '' : `: ${StateReason}`}`, 'deploy again');
    });
    return faultsOr(faults, ok(this.name, `${counted(functions.length, 'function')}`));
  },
};
