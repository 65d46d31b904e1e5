import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openServer } from '../../packages/lockstep/test/admin-client.ts';
import { type Browser, openBrowser } from '../../packages/lockstep/test/browser.ts';
import { type PortalClient, portalClient } from '../../packages/lockstep/test/portal-client.ts';
import { runWords } from '../../packages/lockstep/test/run-words.ts';
import { tempFolder } from '../../packages/lockstep/test/temp-folder.ts';

/** A JSON answer of the command line or of SCIM, as the guide's reader looks at it. */
export type Loose = ReturnType<typeof JSON.parse>;

/** Somebody with a guide in one hand: a command line, and a browser in the app's own pages. */
export interface Guide {
  /** Runs a command that must succeed; gives what it printed as JSON. */
  readonly run: (...words: readonly string[]) => Promise<Loose>;
  /** Runs a command that must fail; gives what it said. */
  readonly refused: (...words: readonly string[]) => Promise<string>;
  /** Writes a file that commands read. */
  readonly write: (name: string, text: string) => void;
  /** Makes the app's tenant, without a token and off where the app asks for single sign-on first. */
  readonly makeTenant: (profile: string, title: string, ...more: readonly string[]) => Promise<AppTenant>;
  /** Adds the app on the provisioning side, as `apply` does. */
  readonly addApp: (app: AddedApp) => Promise<void>;
  /** Sessions that are open in a tenant's pages. */
  readonly sessions: (tenantId: string) => Promise<number>;
}

/** The app's side of the connection. */
export interface AppTenant {
  readonly id: string;
  readonly scimUrl: string;
  readonly portal: string;
  /** The app's pages as its administrator. */
  readonly admin: PortalClient;
  readonly adminBrowser: Browser;
  /** Asks the app over SCIM. */
  readonly scim: (token: string, method: string, path: string, body?: object) => Promise<ScimReply>;
}

export interface ScimReply {
  readonly status: number;
  readonly json: Loose;
}

export interface AddedApp {
  readonly name: string;
  readonly template: string;
  readonly tenantUrl: string;
  readonly token: string;
  /** What differs from the template. */
  readonly more?: object;
}

/** Starts the server for one guide. */
export async function openGuide(t: TestContext): Promise<Guide> {
  const folder = tempFolder(t);
  const data = join(folder, 'lockstep-data');
  const server = await openServer(t, data);
  const words = (given: readonly string[]) =>
    runWords([...given, '--url', server.url, '--json'], { workingFolder: folder });
  const run: Guide['run'] = async (...given) => {
    const { code, out, error } = await words(given);
    assert.equal(code, 0, `${given.join(' ')}\n${error}${out}`);
    return out.trim() === '' ? {} : JSON.parse(out);
  };
  return {
    run,
    write: (name, text) => writeFileSync(join(folder, name), text),
    refused: async (...given) => {
      const { code, out, error } = await words(given);
      assert.notEqual(code, 0, given.join(' '));
      return `${error}${out}`;
    },
    makeTenant: async (profile, title, ...more) => {
      const made = await run('provider', 'add', '--profile', profile, '--title', title, ...more);
      await run('provider', 'token', 'revoke', made.id, '--all');
      const portal = `${server.url}/portal/${made.id}`;
      const { link } = await run('provider', 'portal', 'link', made.id);
      const adminBrowser = openBrowser();
      const admin = portalClient(adminBrowser, portal);
      const token = new URL(link).searchParams.get('token') ?? '';
      assert.equal((await admin.send('/enter', { token })).status, 303);
      return { id: made.id, scimUrl: made.scimUrl, portal, admin, adminBrowser, scim: scimOf(made.scimUrl) };
    },
    addApp: async ({ name, template, tenantUrl, token, more = {} }) => {
      writeFileSync(join(folder, 'token'), token);
      const app = { name, template, tenantUrl, secretToken: 'file:token', schedule: { enabled: false }, ...more };
      // JSON is YAML.
      writeFileSync(join(folder, 'lockstep.yaml'), JSON.stringify({ apps: [app] }));
      await run('apply', '-f', 'lockstep.yaml');
    },
    sessions: async (tenantId) => {
      const list = await server.services.store.sessions.list({ kind: 'portal', tenantId });
      return list.filter((one) => one.method === 'oidc' || one.method === 'saml').length;
    },
  };
}

function scimOf(scimUrl: string): AppTenant['scim'] {
  const base = scimUrl.replace(/\/$/, '');
  return async (token, method, path, body) => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? {} : JSON.parse(text) };
  };
}

/** The account with a user name, read over SCIM; `undefined` when there is none. */
export async function accountOf({ scim }: AppTenant, token: string, userName: string): Promise<Loose> {
  const filter = encodeURIComponent(`userName eq "${userName}"`);
  const { json } = await scim(token, 'GET', `/Users?filter=${filter}`);
  return json.Resources?.[0];
}

/** Milliseconds until a session that was open is refused, and until it is gone from the database. */
export async function timeToEnd(
  guide: Guide,
  tenant: AppTenant,
  browser: Browser,
): Promise<{ readonly refusedMs: number; readonly goneMs: number }> {
  const started = performance.now();
  const since = (): number => Math.round(performance.now() - started);
  const until = async (isSo: () => Promise<boolean>): Promise<number> => {
    while (!(await isSo())) {
      if (since() > 5_000) throw new Error('the session goes on');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return since();
  };
  const refusedMs = await until(async () => (await browser.get(tenant.portal)).status === 303);
  const goneMs = await until(async () => (await guide.sessions(tenant.id)) === 0);
  return { refusedMs, goneMs };
}
