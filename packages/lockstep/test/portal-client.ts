import assert from 'node:assert/strict';
import type { Browser } from './browser.ts';

/** Reads pages of a tenant and sends their forms, as somebody with a browser does. */
export interface PortalClient {
  /** Text of a page, which has to be there. */
  page(path: string): Promise<string>;
  /** Sends a form and goes on to the page behind it. */
  send(path: string, fields?: Readonly<Record<string, string>>): Promise<SentForm>;
}

/** What came of a form. */
export interface SentForm {
  /** Of the answer to the form itself. */
  readonly status: number;
  /** The page behind it. */
  readonly text: string;
  /** What is shown once; empty when nothing is. */
  readonly shownOnce: string;
  /** What the page says is wrong; empty when nothing is. */
  readonly alert: string;
}

/** Makes the client over a browser. @param portal address of the tenant's pages */
export function portalClient(browser: Browser, portal: string): PortalClient {
  return {
    page: async (path) => {
      const answer = await browser.get(`${portal}${path}`);
      assert.equal(answer.status, 200, `${path}: ${answer.status}`);
      return answer.text();
    },
    send: async (path, fields = {}) => {
      const answer = await browser.post(`${portal}${path}`, fields);
      const location = answer.headers.get('location');
      const behind = location === null ? answer : await browser.get(new URL(location, portal).href);
      const text = await behind.text();
      return {
        status: answer.status,
        text,
        shownOnce: plain(/id="shown-once">([^<]*)</.exec(text)?.[1] ?? /class="button" href="([^"]*)"/.exec(text)?.[1]),
        alert: plain(/role="alert">([^<]*)</.exec(text)?.[1]),
      };
    },
  };
}

function plain(text: string | undefined): string {
  return (text ?? '').replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
