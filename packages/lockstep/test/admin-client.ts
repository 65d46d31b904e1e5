import { readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import { apiKeyFile } from '../src/secrets/api-key.ts';
import { type RunningServer, startServer } from '../src/server/start-server.ts';
import { readSettings, type Settings } from '../src/settings/read-settings.ts';

/** One answer of the admin API. */
export interface AdminAnswer {
  readonly status: number;
  readonly body: JsonObject;
  readonly etag?: string;
}

/** Sends one request to the admin API of a server, with the owner's key. */
export type AskAdmin = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<AdminAnswer>;

/** Settings of a server on a free port. */
export function testSettings(dataFolder: string, flags: Readonly<Record<string, string>> = {}): Settings {
  return readSettings({ flags: { data: dataFolder, port: '0', ...flags }, environment: {}, workingFolder: dataFolder })
    .settings;
}

/** Starts a server in a data folder; it stops when the test ends. Failures of its inside fail the test. */
export async function openServer(
  test: TestContext,
  dataFolder: string,
  flags: Readonly<Record<string, string>> = {},
): Promise<RunningServer & { readonly ask: AskAdmin }> {
  const failures: string[] = [];
  const server = await startServer(testSettings(dataFolder, flags), {
    report: (message, error) => failures.push(`${message}: ${String(error)}`),
  });
  test.after(async () => {
    await server.stop();
    if (failures.length > 0) throw new Error(failures.join('\n'));
  });
  return { ...server, ask: askAdmin(server.url, dataFolder) };
}

/** Makes requests with the key of a data folder. */
export function askAdmin(url: string, dataFolder: string): AskAdmin {
  const key = readFileSync(apiKeyFile(dataFolder), 'utf8').trim();
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const value: unknown = text === '' ? {} : JSON.parse(text);
    const etag = answer.headers.get('etag');
    return { status: answer.status, body: isJsonObject(value) ? value : {}, ...(etag === null ? {} : { etag }) };
  };
}
