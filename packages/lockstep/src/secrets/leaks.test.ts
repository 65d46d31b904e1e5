import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import { askAdmin, testSettings } from '../../test/admin-client.ts';
import { openBrowser } from '../../test/browser.ts';
import { portalClient } from '../../test/portal-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { createLog } from '../observe/log.ts';
import { portalCookie } from '../people/cookie.ts';
import { startServer } from '../server/start-server.ts';

const PASSWORD = 'correct horse battery staple';
const CLIENT_SECRET = 'client-secret-of-a-directory-0123456789';
const MAIL_PASSWORD = 'mail-password-of-a-test-0123';
const SECOND_SECRET = 'second-client-secret-of-a-directory-987';

test('no secret is in the database, the log, the audit log or an answer in clear', async (t) => {
  const folder = tempFolder(t);
  const lines: string[] = [];
  const log = createLog({ format: 'json', level: 'debug', write: (line) => lines.push(line) });
  const server = await startServer(testSettings(folder), { log });
  const ask = askAdmin(server.url, folder);
  const secrets = new Map<string, string>();
  const note = (name: string, value: unknown): string => {
    assert.ok(typeof value === 'string' && value.length > 10, name);
    secrets.set(name, value);
    return value;
  };
  const tokenOf = (link: unknown): string => new URL(String(link)).searchParams.get('token') ?? '';

  const made = await ask('POST', '/providers', { profile: 'zenya', title: 'T' });
  const id = String(made.body['id']);
  const path = `/providers/${id}`;
  const token = note('token', made.body['token']);
  const oauth = (await ask('POST', `${path}/clients`, { label: 'c' })).body;
  note('OAuth client secret', oauth['clientSecret']);
  const granted = await fetch(String(oauth['tokenUrl']), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: String(oauth['clientId']),
      client_secret: String(oauth['clientSecret']),
    }),
  });
  const grant: unknown = await granted.json();
  note('access token', isJsonObject(grant) ? grant['access_token'] : undefined);
  note('webhook secret', (await ask('POST', `${path}/webhooks`, { url: 'https://hook.example/x' })).body['secret']);
  const source = await ask('POST', `${path}/sources`, { title: 'Entra' });
  note('source token', (await ask('POST', `${path}/sources/${String(source.body['id'])}/token`)).body['token']);
  const sso = { protocol: 'oidc', settings: { issuer: 'https://idp.example', clientId: 'c' } };
  await ask('PUT', `${path}/sso`, { ...sso, secret: note('client secret', CLIENT_SECRET) });
  const mailServer = { host: 'mail.example', port: 465, security: 'tls', user: 'me' };
  await ask('PATCH', '/settings', { mailServer: { ...mailServer, password: note('mail password', MAIL_PASSWORD) } });
  note('API key', (await ask('POST', '/keys', { label: 'k', role: 'auditor' })).body['key']);
  const app = {
    name: 'A',
    template: 'zenya',
    tenantUrl: made.body['scimUrl'],
    secretToken: token,
    schedule: { enabled: false },
  };
  const applied = await ask('POST', '/apply', { declaration: { apps: [app] } });
  assert.equal(applied.status, 200, JSON.stringify(applied.body));
  await ask('POST', '/apps/A/test');
  note('owner key', readFileSync(join(folder, 'api-key'), 'utf8').trim());

  const admin = await ask('POST', `${path}/portal/administrators`, { name: 'Ada' });
  const setup = await ask('POST', `${path}/setup-links`, { label: 'IT', hours: 1 });
  note('setup link', tokenOf(setup.body['link']));
  note('operator link', tokenOf((await ask('POST', `${path}/portal/link`)).body['link']));
  note('break-glass link', tokenOf((await ask('POST', `${path}/sso/break-glass`)).body['link']));
  const browser = openBrowser();
  const portal = portalClient(browser, `${server.url}/portal/${id}`);
  const link = note('password link', tokenOf(admin.body['link']));
  assert.equal((await portal.send('/password', { token: link, password: note('password', PASSWORD) })).status, 303);
  note('session', browser.cookie(portalCookie(id)));
  const values = {
    protocol: 'oidc',
    issuer: 'https://idp.example',
    clientId: 'c',
    clientSecret: note('second', SECOND_SECRET),
  };
  assert.equal((await portal.send('/single-sign-on/signOn/save', values)).status, 303);
  await portal.send('/sign-in/administrator', { name: 'Ada', password: 'not the password at all' });
  await fetch(String(made.body['scimUrl']), { headers: { authorization: `Bearer ${token}x` } });

  const told: JsonObject[] = [];
  for (const question of [
    path,
    `${path}/sso`,
    `${path}/tokens`,
    `${path}/clients`,
    `${path}/webhooks`,
    '/audit?limit=200',
    '/apps/A',
    '/keys',
    `${path}/setup-links`,
    '/secrets',
    '/settings',
    '/mail',
    '/secrets/expiring',
    '/about',
    `${path}/sources`,
  ]) {
    told.push((await ask('GET', question)).body);
  }
  const pages = await Promise.all(['/single-sign-on', '/external-user-management', '/administrators'].map(portal.page));
  const audit = JSON.stringify(await server.services.store.audit.list({ limit: 1_000 }));
  await server.stop();

  const files = readdirSync(folder).filter((name) => name.startsWith('lockstep.db'));
  assert.ok(files.includes('lockstep.db'));
  const places = new Map<string, string>([
    ...files.map((name) => [name, readFileSync(join(folder, name), 'latin1')] as const),
    ['the log', lines.join('\n')],
    ['the audit log', audit],
    ['answers', JSON.stringify(told)],
    ['pages', pages.join('\n')],
  ]);
  assert.ok((places.get('the log') ?? '').includes('/portal/'), 'the log saw requests');
  // What nobody sealed or hashed is there: the search finds what there is to find.
  assert.ok([...places.values()].every((text) => text.includes('Ada') || text.includes(id)));
  for (const [name, secret] of secrets) {
    for (const [place, text] of places) assert.equal(text.includes(secret), false, `${name} stands in ${place}`);
  }
});
