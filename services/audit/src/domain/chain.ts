/** Places and hashes, which whoever verifies an archive knows too. */
export { hashAt, nextHead, placed, placeOfLast, type Bound, type ChainedRecord, type Digest, type Head, type Place, type StoredRecord } from '@team/trail';
