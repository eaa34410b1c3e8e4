import { ContractViolationError, findContract } from '@team/contracts';
import type { Rule, RuleFrom } from './rule.ts';

/** Every event on the bus is in the catalog, keeps its contract to the letter, and comes from the one source that may say it. */
export const eventsKeepContracts: RuleFrom = (): Rule => ({
  onEvent({ detailType, source, detail }) {
    const contract = findContract(detailType);
    if (contract === undefined) return `${source} said ${detailType}, which is in no catalog`;
    if (contract.source !== undefined && contract.source !== source) {
      return `${source} said ${detailType}, which only ${contract.source} may say`;
    }
    try {
      contract.validate(detail);
      return undefined;
    } catch (error) {
      if (error instanceof ContractViolationError) return `${source} broke a contract: ${error.message}`;
      throw error;
    }
  },
});
