// A server with a directory of four people, a tenant of its own as the app, and the app that provisions into it.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import { type AskAdmin, openServer } from './admin-client.ts';
import { tempFolder } from './temp-folder.ts';

export type Profile = 'generic' | 'zenya' | 'zero' | 'ziflow' | 'zenvoices';

export interface Pair {
  readonly ask: AskAdmin;
  /** Speaks SCIM to the app, as somebody who works past the engine. */
  readonly scim: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: JsonObject }>;
}

export const NAMES = ['ada', 'bob', 'cia', 'dan'] as const;

export function list(body: JsonObject, name = 'items'): readonly JsonObject[] {
  const value = body[name];
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

export async function openPair(t: TestContext, profile: Profile, more: JsonObject = {}): Promise<Pair> {
  const { ask } = await openServer(t, tempFolder(t));
  const { body: tenant } = await ask('POST', '/providers', { profile, title: 'Target' });
  const scim: Pair['scim'] = async (method, path, body) => {
    const answer = await fetch(`${String(tenant['scimUrl']).replace(/\/$/, '')}${path}`, {
      method,
      headers: { authorization: `Bearer ${String(tenant['token'])}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const value: unknown = text === '' ? {} : JSON.parse(text);
    return { status: answer.status, body: isJsonObject(value) ? value : {} };
  };
  const people = NAMES.map((name) => ({
    userPrincipalName: `${name}@example.com`,
    mailNickname: name,
    mail: `${name}@example.com`,
    displayName: name.toUpperCase(),
    givenName: name,
    surname: 'Lind',
  }));
  await ask('POST', '/directory/import', { format: 'json', text: JSON.stringify(people) });
  const saved = await ask('PUT', '/apps', {
    name: 'App',
    template: profile,
    tenantUrl: tenant['scimUrl'],
    secretToken: tenant['token'],
    schedule: { enabled: false },
    ...more,
  });
  assert.equal(saved.status, 200, JSON.stringify(saved.body));
  return { ask, scim };
}

export async function account(scim: Pair['scim'], name: string): Promise<JsonObject | undefined> {
  const { body } = await scim('GET', `/Users?filter=${encodeURIComponent(`userName eq "${name}@example.com"`)}`);
  return list(body, 'Resources')[0];
}

export const patch = (path: string, value: unknown): object => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path, value }],
});
