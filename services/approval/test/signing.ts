import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { EvidenceType } from '@team/runtime';

const pairs = new Map<string, { readonly privateKey: KeyObject; readonly publicKey: KeyObject }>();

function pairOf(keyId: string) {
  const pair = pairs.get(keyId) ?? generateKeyPairSync('ec', { namedCurve: 'P-256' });
  pairs.set(keyId, pair);
  return pair;
}

/** A compact JWS by the key with this id; `claimedKeyId` is what its header says. */
export function signed(type: EvidenceType, keyId: string, payload: object, claimedKeyId = keyId): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${encode({ alg: 'ES256', kid: claimedKeyId, typ: type })}.${encode(payload)}`;
  const signature = sign('sha256', Buffer.from(input, 'ascii'), { key: pairOf(keyId).privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** What a KMS client sends its requests to: answers `GetPublicKey`, and nothing else, until `available` is false. */
export function publicKeys() {
  const service = {
    available: true,
    metadata: { handlerProtocol: 'h1' },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
    async handle(request: { headers: Record<string, string>; body?: Uint8Array | string }) {
      const { body = '{}' } = request;
      const input: unknown = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
      if (
        !service.available ||
        request.headers['x-amz-target'] !== 'TrentService.GetPublicKey' ||
        !(input instanceof Object) ||
        !('KeyId' in input)
      ) {
        return { response: { statusCode: 500, headers: {}, body: new TextEncoder().encode('{"__type":"KMSInternalException"}') } };
      }
      const PublicKey = pairOf(String(input.KeyId)).publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
      return {
        response: { statusCode: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify({ KeyId: input.KeyId, PublicKey })) },
      };
    },
  };
  return service;
}
