import { html } from 'hono/html';

/** What a person sees whose sign-in did not work: they came by a navigation, so a page and not a problem in JSON. */
export async function failurePage({ status, code, reason, retry }: { readonly status: number; readonly code: string; readonly reason: string; readonly retry: string }): Promise<Response> {
  const page = await html`<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Signing in did not work - TEAM</title></head>
  <body>
    <main>
      <h1>Signing in did not work</h1>
      <p>${reason}</p>
      <p><a href="${retry}">Try again</a></p>
      <p><small>${code}</small></p>
    </main>
  </body>
</html>`;
  return new Response(page.toString(), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
  });
}
