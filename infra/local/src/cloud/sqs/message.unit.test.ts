import { md5OfAttributes, sizeOf } from './message.ts';

const attributes = {
  name: { DataType: 'String', StringValue: 'ä' },
  bytes: { DataType: 'Binary', BinaryValue: Buffer.of(1, 2, 3).toString('base64') },
  count: { DataType: 'Number', StringValue: '7' },
};

/** The digest was calculated by another program from the documented layout. */
test('digests attributes by name, as AWS documents: lengths, types, and whether a value is text or binary', () => {
  expect(md5OfAttributes(attributes)).toBe('caacb2bfab4d0d9d7a07fc70672fbaf9');
  expect(md5OfAttributes({})).toBeUndefined();
});

test('counts the bytes of the body and of the names, types and values of attributes', () => {
  expect(sizeOf({ body: 'ä' })).toBe(2);
  expect(sizeOf({ body: 'ä', attributes })).toBe(2 + (4 + 6 + 2) + (5 + 6 + 3) + (5 + 6 + 1));
});
