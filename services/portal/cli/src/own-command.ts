import { usualPlace, type Place } from './cloud/place.ts';

/** What is printed to be pasted holds nothing that a shell understands otherwise. */
const plain = /^[\w./:@%+=-]+$/;

/** How `team` is called so that it reaches this place, as a person pastes it into a shell of their own. */
export function ownCommand({ endpoint, region }: Place): string {
  const options = [
    ...(endpoint === usualPlace.endpoint ? [] : ['--endpoint', quoted(endpoint)]),
    ...(region === usualPlace.region ? [] : ['--region', quoted(region)]),
  ];
  return ['npx team', ...options].join(' ');
}

const quoted = (word: string): string => (plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
