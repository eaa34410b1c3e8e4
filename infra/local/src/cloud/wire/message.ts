/** An HTTP request of an AWS SDK, as far as the local cloud looks at it. Header names are in lower case. */
export interface WireRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** `POST /` where they are not given, as every service but S3 is called. */
  readonly method?: string;
  /** As it was sent, without the query. */
  readonly path?: string;
  readonly query?: URLSearchParams;
  /** Who calls: the access key id of the signature's credential, undefined when the request is not signed. */
  readonly accessKeyId: string | undefined;
}

export interface WireResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/** Throws TypeError where the bytes are not UTF-8. */
export function decodeText(body: Uint8Array): string {
  return decoder.decode(body);
}

export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The access key id of a SigV4 header: `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/events/aws4_request, …`. */
export function accessKeyIdOf(authorization: string | undefined): string | undefined {
  return /^AWS4-[A-Z0-9-]+ .*?Credential=([^/,\s]+)\//.exec(authorization ?? '')?.[1];
}
