import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { contentSecurityPolicy, page, peoplePage } from './pages.ts';
import type { LocalPerson } from './people.ts';

const mostBytes = 4_096;

/** The page where somebody says who they are, and what comes of it. `path` is where it stands. */
export async function login(provider: Provider, people: () => readonly LocalPerson[], path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') {
    if (!(await isUnderWay(provider, request, response))) return respond(response, 400, page('Too late', '<p>This sign-in is over. Go back to where you began.</p>'));
    const filter = new URL(request.url ?? '/', 'http://localhost').searchParams.get('find') ?? '';
    return respond(response, 200, peoplePage({ people: people(), filter, action: path }));
  }
  if (request.method !== 'POST') return respond(response, 405, page('Not like this', '<p>Open this page, or submit its form.</p>'));
  const userId = new URLSearchParams(await bodyOf(request)).get('user');
  if (!people().some((person) => person.userId === userId) || userId === null) return respond(response, 400, page('Nobody', '<p>There is no such person, or they are disabled.</p>'));
  if (!(await isUnderWay(provider, request, response))) return respond(response, 400, page('Too late', '<p>This sign-in is over. Go back to where you began.</p>'));
  await provider.interactionFinished(request, response, { login: { accountId: userId, remember: true } }, { mergeWithLastSubmission: false });
}

async function isUnderWay(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  try {
    await provider.interactionDetails(request, response);
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'SessionNotFound') return false;
    throw error;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += String(part);
    if (text.length > mostBytes) throw new Error(`a form of this page is never larger than ${mostBytes} characters`);
  }
  return text;
}

function respond(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': contentSecurityPolicy });
  response.end(html);
}
