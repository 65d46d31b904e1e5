/** A browser without scripts: it keeps cookies and says where its requests come from. */
export interface Browser {
  /** Any request with the cookies, which it also keeps. */
  send(url: string, init: RequestInit): Promise<Response>;
  /** One request; redirects are not followed. */
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Posts a form from a page of the same server. */
  post(
    url: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
  /** Goes on from redirect to redirect until `stop` or a page. */
  follow(url: string, stop?: (url: string) => boolean): Promise<Visited>;
  cookie(name: string): string | undefined;
}

/** Where a browser arrived. */
export interface Visited {
  readonly url: string;
  /** Absent when it stopped before asking. */
  readonly response?: Response;
}

/** Opens a browser with an empty jar. */
export function openBrowser(): Browser {
  const jars = new Map<string, Map<string, string>>();
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const { origin } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keepCookie(jar, line);
    return response;
  };
  const get = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    send(url, { headers });
  return {
    send,
    get,
    post: (url, fields, headers = { 'sec-fetch-site': 'same-origin' }) =>
      send(url, { method: 'POST', headers, body: new URLSearchParams(fields) }),
    follow: async (start, stop = () => false) => {
      let url = start;
      for (let step = 0; step < 12; step += 1) {
        if (stop(url)) return { url };
        const response = await get(url);
        const location = response.headers.get('location');
        if (location === null) return { url, response };
        url = new URL(location, url).href;
      }
      throw new Error('too many redirects');
    },
    cookie: (name) => [...jars.values()].map((jar) => jar.get(name)).find((value) => value !== undefined),
  };
}

function keepCookie(jar: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
  if (value === '' || attributes.some((one) => /^max-age=0$/i.test(one))) jar.delete(name);
  else jar.set(name, value);
}
