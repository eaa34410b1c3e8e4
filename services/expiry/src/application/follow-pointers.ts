import { requestKey, type Requests } from './ports.ts';

/**
 * Requests, of which an extension lives in the item of the request that it prolongs: what is said to its own item, which only points
 * there, is said there instead.
 */
export function followPointers(requests: Requests): Requests {
  return {
    async execute(key, command, cause) {
      const said = await requests.execute(key, command, cause);
      const partOf = said.state?.partOf;
      // Pointing is said to the pointer itself.
      if (partOf === undefined || command.type === 'point') return said;
      return requests.execute(requestKey(partOf.requestId), { ...command, item: partOf.requestId }, cause);
    },
  };
}
