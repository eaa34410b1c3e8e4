import { DescribeContinuousBackupsCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { counted } from '../../print/printable.ts';
import type { Check } from '../examination.ts';
import { faultsOr, ok, problem, warning, type Finding } from '../finding.ts';
import { faultsOfEach } from './each.ts';

/** Every table is there and can be used. */
export const tablesCheck: Check = {
  name: 'tables',
  prerequisite: false,
  async run({ clients: { dynamo }, expected }) {
    const { tables } = await expected();
    const faults = await faultsOfEach('table', tables, 'ResourceNotFoundException', async (TableName, check) => {
      const { Table } = await dynamo.send(new DescribeTableCommand({ TableName }));
      const inactive = (Table?.GlobalSecondaryIndexes ?? []).filter(({ IndexStatus }) => IndexStatus !== 'ACTIVE').map(({ IndexName }) => IndexName);
      if (Table?.TableStatus !== 'ACTIVE') return problem(check, `it is ${Table?.TableStatus ?? 'in no state'}`, 'wait until it is ACTIVE; where it stays so, look at it in the console');
      if (inactive.length > 0) return problem(check, `not active: ${counted(inactive.length, 'index', 'indexes')} ${inactive.join(', ')}`, 'wait until they are');
      // AWS always says; the local run never does.
      if (Table.DeletionProtectionEnabled === false) return warning(check, 'it can be deleted by anybody who may delete tables', 'turn deletion protection on');
      return undefined;
    });
    return faultsOr(faults, ok(this.name, `${counted(tables.length, 'table')}, all active`));
  },
};

/** What is in the tables can be restored to any second of the last days. */
export const backupsCheck: Check = {
  name: 'point-in-time recovery',
  prerequisite: false,
  async run({ clients: { dynamo }, expected }) {
    const { tables } = await expected();
    const faults: Finding[] = [];
    for (const TableName of tables) {
      try {
        const { ContinuousBackupsDescription } = await dynamo.send(new DescribeContinuousBackupsCommand({ TableName }));
        const status = ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
        if (status !== 'ENABLED') faults.push(warning(`table ${TableName}`, `point-in-time recovery is ${status ?? 'not there'}`, 'turn it on: what is lost in a table otherwise is lost'));
      } catch (error) {
        // That it is missing is said once, by the check of tables.
        if (!(error instanceof Error) || !/^(TableNotFound|ResourceNotFound)Exception$/.test(error.name)) throw error;
      }
    }
    return faultsOr(faults, ok(this.name, `enabled for ${counted(tables.length, 'table')}`));
  },
};
