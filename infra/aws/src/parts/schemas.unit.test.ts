import { catalog } from '@team/contracts';
import { openApiOf } from './schemas.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html: most characters of a schema. */
const largestSchema = 65_536;

describe('what the schema registry gets', () => {
  it.each(catalog.map((contract) => [contract.detailType, contract] as const))('%s: where it comes from, and what its detail is', (detailType, contract) => {
    const document = openApiOf(contract);
    expect(document.components.schemas['AWSEvent']).toMatchObject({ 'x-amazon-events-detail-type': detailType, 'x-amazon-events-source': contract.source ?? '*' });
    expect(document.components.schemas[detailType.replace('.', '_')]).toMatchObject({ type: 'object', properties: { metadata: { type: 'object' }, data: { type: 'object' } } });
    expect(JSON.stringify(document).length).toBeLessThan(largestSchema);
  });

  it('leaves room for fields to come, as a promise to subscribers must', () => {
    expect(catalog.map((contract) => JSON.stringify(openApiOf(contract))).filter((text) => text.includes('"additionalProperties":false'))).toEqual([]);
  });
});
