/** Asks for access on behalf of a person: node emit-request.ts REQUEST_ID */
import { randomUUID } from 'node:crypto';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

// Region, credentials and endpoint come from the environment, as for every AWS SDK client.
const eventBridge = new EventBridgeClient({});

// Yours to choose, once: store it before you send. Sent again with the same content it is the same request.
const requestId = process.argv[2] ?? randomUUID();

const detail = {
  metadata: { eventId: randomUUID(), requestId, occurredAt: new Date().toISOString() },
  data: {
    requestId,
    requester: 'wren.kowalski@acme.example',
    targets: [{ accountId: '248972909258', permissionSetName: 'PowerUserAccess' }],
    durationMinutes: 60,
    justification: 'roll back release 4711',
    ticket: { id: 'OPS-4711' },
  },
};

const { Entries = [] } = await eventBridge.send(
  new PutEventsCommand({
    Entries: [
      {
        // The ARN, because TEAM's account is not yours.
        EventBusName: 'arn:aws:events:eu-central-1:170349155450:event-bus/team',
        Source: 'acme.deploy-pipeline',
        DetailType: 'AccessRequested.v1',
        Detail: JSON.stringify(detail),
      },
    ],
  }),
);

// PutEvents succeeds as a call even where it did not take the entry.
const [entry] = Entries;
if (entry?.EventId === undefined) throw new Error(`not taken: ${entry?.ErrorCode ?? 'no answer'} ${entry?.ErrorMessage ?? ''}`);
console.log(`asked: ${requestId}`);
