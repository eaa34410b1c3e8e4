/** Prints what is recorded, in OCSF, each event once, and what is missing for more than a minute: until Ctrl-C. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SiemLedger } from './siem-ledger.ts';
import { subscribe, takeWaiting } from './siem-subscriber.ts';

const sqs = new SQSClient({});
const ledger = new SiemLedger();
const queueUrl = await subscribe({ eventBridge: new EventBridgeClient({}), sqs, busName: 'team', name: 'siem', account: process.argv[2] ?? '170349155450' });
console.log('subscribed');
for (;;) {
  await takeWaiting(sqs, queueUrl, ledger, async (ocsf) => console.log(JSON.stringify(ocsf)), Date.now, 20);
  for (const { chain, missing } of ledger.gaps(Date.now(), 60_000)) console.error(`missing of ${chain}: ${missing.join(', ')}`);
}
