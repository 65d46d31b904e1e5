import assert from 'node:assert/strict';
import { isJsonObject } from '@lockstep/scim';
import { CONSOLE_COOKIE } from '../src/people/cookie.ts';
import type { RunningServer } from '../src/server/start-server.ts';
import type { AdminAnswer } from './admin-client.ts';
import { type Browser, openBrowser } from './browser.ts';

/** Password of everybody that is made here. */
export const PASSWORD = 'correct horse battery';

/** A browser somebody is signed in with, and the console's way to ask the admin API. */
export interface SignedIn {
  readonly browser: Browser;
  /** With the cookie, as a page of this server does. */
  readonly ask: (method: string, path: string, body?: object) => Promise<AdminAnswer>;
}

/** Makes the first owner by the link, and signs in. */
export async function signInAsOwner(server: RunningServer, name = 'Ada'): Promise<SignedIn> {
  const link = await server.services.peopleParts.people.ownerLink(server.url);
  const token = new URL(link ?? '').searchParams.get('token') ?? '';
  const browser = openBrowser();
  const made = await browser.post(`${server.url}/first-run`, { token, name, password: PASSWORD });
  assert.equal(made.status, 303);
  return { browser, ask: askWith(server, browser) };
}

/** Signs in by name and password in a browser of its own. */
export async function signIn(server: RunningServer, name: string, password: string = PASSWORD): Promise<SignedIn> {
  const browser = openBrowser();
  await browser.post(`${server.url}/sign-in`, { name, password });
  return { browser, ask: askWith(server, browser) };
}

function askWith(server: RunningServer, browser: Browser): SignedIn['ask'] {
  return async (method, path, body) => {
    const answer = await browser.send(`${server.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const value: unknown = text === '' ? {} : JSON.parse(text);
    return { status: answer.status, body: isJsonObject(value) ? value : {} };
  };
}

/** The cookie of the console that a browser holds. */
export function cookieOf({ browser }: SignedIn): string {
  return `${CONSOLE_COOKIE}=${browser.cookie(CONSOLE_COOKIE) ?? ''}`;
}
