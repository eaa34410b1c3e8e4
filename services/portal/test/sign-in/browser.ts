/** A browser as far as signing in needs one: it keeps cookies, of each port its own, and follows where it is led, one step at a time. */
export function createBrowser() {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };

  async function call(url: string, init: RequestInit = {}): Promise<Response> {
    const jar = jarOf(url);
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  return {
    call,
    cookies: jarOf,
    /** Goes on until no answer leads further, or `until` says to stop; gives the last answer and its URL. */
    async follow(url: string, init: RequestInit = {}, until: (url: string) => boolean = () => false): Promise<{ url: string; response: Response }> {
      let at = url;
      let response = await call(at, init);
      for (let steps = 0; response.headers.has('location'); steps += 1) {
        if (steps > 20) throw new Error(`led in circles: ${at}`);
        at = new URL(response.headers.get('location') ?? '', at).href;
        if (until(at)) break;
        response = await call(at);
      }
      return { url: at, response };
    },
  };
}
export type Browser = ReturnType<typeof createBrowser>;

/** A form of a page: where it leads and what it sends by itself. */
export function formOf(html: string): { readonly action: string; readonly fields: URLSearchParams } {
  const action = /<form[^>]*method="post"[^>]*action="([^"]+)"/.exec(html)?.[1] ?? '';
  const fields = new URLSearchParams();
  for (const [, name = '', value = ''] of html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) fields.append(name, value);
  return { action, fields };
}
