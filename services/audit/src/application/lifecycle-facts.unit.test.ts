import { manifest } from '../manifest.ts';
import { tellings } from './lifecycle-facts.ts';

describe('what moves a lifecycle', () => {
  it('is what the queue brings: nothing comes that says nothing, and nothing is waited for that never comes', () => {
    expect(tellings.map(({ contract }) => contract.detailType).toSorted()).toEqual(manifest.queues.follow.consumes.map(({ detailType }) => detailType).toSorted());
  });
});
