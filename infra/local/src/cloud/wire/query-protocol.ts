import { AwsError } from '../aws-error.ts';
import type { Caller } from '../stand-in.ts';
import { encodeText, type WireRequest, type WireResponse } from './message.ts';

const stsNamespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** STS, the one service here of the older query protocol: a form in, XML out. */
export function isQueryRequest(request: WireRequest): boolean {
  return (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

/** The action of a query request; the local cloud has `GetCallerIdentity` only. */
export function queryActionOf(request: WireRequest): string {
  const form = new URLSearchParams(new TextDecoder().decode(request.body));
  const action = form.get('Action');
  if (action === null) throw new AwsError('MissingAction', 'The request names no Action.');
  if (action !== 'GetCallerIdentity') {
    throw new AwsError('NotImplementedByLocalCloud', `The local cloud has no query action ${action}.`, 501);
  }
  return action;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export function encodeCallerIdentity(caller: Caller, requestId: string): WireResponse {
  return xml(
    200,
    requestId,
    `<GetCallerIdentityResponse xmlns="${stsNamespace}"><GetCallerIdentityResult>` +
      `<Arn>${escape(caller.roleArn)}</Arn><UserId>${escape(caller.name)}</UserId><Account>${escape(caller.accountId)}</Account>` +
      `</GetCallerIdentityResult>${metadata(requestId)}</GetCallerIdentityResponse>`,
  );
}

export function encodeQueryError(error: AwsError, requestId: string): WireResponse {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  return xml(
    error.status,
    requestId,
    `<ErrorResponse xmlns="${stsNamespace}"><Error><Type>${type}</Type><Code>${escape(error.code)}</Code>` +
      `<Message>${escape(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  );
}

function metadata(requestId: string): string {
  return `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
}

function xml(statusCode: number, requestId: string, text: string): WireResponse {
  const body = encodeText(text);
  return {
    statusCode,
    headers: { 'content-type': 'text/xml', 'content-length': String(body.length), 'x-amzn-requestid': requestId },
    body,
  };
}

const entities: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&apos;' };

function escape(text: string): string {
  return text.replace(/[<>&"']/g, (character) => entities[character] ?? character);
}
