/** What a record is, which whoever verifies an archive knows too. */
export { recordOf, requestChain, type Envelope, type EventRecord, type Reading } from '@team/trail';
