import Sequencer from '@jest/test-sequencer';

/** What takes longest by its kind comes first, so that at the end no processor waits for another. */
const kinds = ['browser', 'journey', 'int', 'unit'];
const kindOf = ({ path }) => kinds.findIndex((kind) => path.endsWith(`.${kind}.test.ts`));

/** Within a kind, in the order in which Jest would have them. */
export default class extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => kindOf(a) - kindOf(b));
  }
}
