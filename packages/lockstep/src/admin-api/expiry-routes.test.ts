import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import { type AdminAnswer, openServer } from '../../test/admin-client.ts';
import { CERTIFICATE_2029, CERTIFICATE_2031, END_2031 } from '../../test/certificates.ts';
import { runWords } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';

const DAY_MS = 86_400_000;

function items(answer: AdminAnswer): readonly JsonObject[] {
  const { items: list } = answer.body;
  return isJsonArray(list) ? list.filter(isJsonObject) : [];
}

function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

test('everything with an end is told soonest first and in pages, with the provider it belongs to, to owners alone', async (t) => {
  const folder = tempFolder(t);
  const { ask, url } = await openServer(t, folder);
  const { body: acme } = await ask('POST', '/providers', { profile: 'generic', title: 'Acme' });
  const path = `/providers/${String(acme['id'])}`;
  const saml = {
    idpEntityId: 'https://idp.example',
    idpSsoUrl: 'https://idp.example/sso',
    idpCertificates: [CERTIFICATE_2029, CERTIFICATE_2031],
  };
  await ask('PUT', `${path}/sso`, { protocol: 'saml', settings: saml });
  await ask('PUT', `${path}/sso/state`, { state: 'test' });
  const token = await ask('POST', `${path}/tokens`, { label: 'nightly', expiresAt: inDays(20) });
  await ask('POST', `${path}/clients`, { label: 'oauth', expiresAt: inDays(10) });
  const made = await ask('POST', '/keys', { label: 'script', role: 'administrator', expiresAt: inDays(5) });
  await ask('PUT', '/console-sign-in', {
    settings: { issuer: 'https://idp.example', clientId: 'c' },
    secret: 'a client secret',
    secretExpiresAt: inDays(15),
  });
  await ask('PUT', '/console-sign-in/state', { isOn: true });

  const all = items(await ask('GET', '/secrets/expiring'));
  const provider = { id: acme['id'], title: 'Acme' };
  assert.deepEqual(
    all.map((one) => [one['kind'], one['label'], one['provider'], one['hasEnded']]),
    [
      ['apiKey', 'script', null, false],
      ['client', 'oauth', provider, false],
      ['clientSecret', '', null, false],
      ['token', 'nightly', provider, false],
      ['certificate', '', provider, false],
    ],
  );
  assert.equal(all[4]?.['expiresAt'], new Date(END_2031).toISOString());
  const text = JSON.stringify(all);
  for (const secret of [token.body['token'], made.body['key'], 'a client secret']) {
    assert.equal(text.includes(String(secret)), false);
  }

  const paged: JsonObject[] = [];
  for (let after = ''; ; ) {
    const page = await ask('GET', `/secrets/expiring?limit=2${after}`);
    paged.push(...items(page));
    if (page.body['next'] === undefined) break;
    after = `&after=${encodeURIComponent(String(page.body['next']))}`;
  }
  assert.deepEqual(paged, all);
  assert.equal((await ask('GET', '/secrets/expiring?after=nonsense')).status, 400);
  assert.equal((await ask('GET', `/secrets/expiring?after=${encodeURIComponent("1.token.x' or 1=1")}`)).status, 200);

  const headers = { authorization: `Bearer ${String(made.body['key'])}` };
  assert.equal((await fetch(`${url}/api/v1/secrets/expiring`, { headers })).status, 403);
  const cli = await runWords(['secrets', 'expiring', '--limit', '2', '--url', url, '--data', folder]);
  assert.match(
    cli.out,
    /^ends +kind +id +label +provider\n[- ]+\n.* apiKey +\w+ +script *\n.* client +\S+ +oauth +Acme\n$/,
  );
  assert.match(cli.error, /^there is more: --after \d+\.client\./);
});

test('how secrets stand says where the key is from, when it was changed, and what another key still seals', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  await ask('PUT', '/console-sign-in', {
    settings: { issuer: 'https://idp.example', clientId: 'c' },
    secret: 'geheim',
  });
  const before = await ask('GET', '/secrets');
  assert.deepEqual(
    [before.body['keySource'], before.body['rotatedAt'], before.body['underOtherKeys']],
    ['own', null, 0],
  );
  await ask('POST', '/secrets/rotate');
  const after = await ask('GET', '/secrets');
  assert.match(String(after.body['rotatedAt']), /^20\d\d-/);
  assert.deepEqual([after.body['retired'], after.body['underOtherKeys']], [[before.body['keyId']], 0]);
});

test("the end of an app's token is said, read from a JSON Web Token, kept while the token stays, and listed", async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const jwt = (exp: number): string => `e30.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.c2ln`;
  const endOf = async (): Promise<unknown> => (await ask('GET', '/apps/Wiki/settings')).body['secretExpiresAt'];
  const app = {
    name: 'Wiki',
    template: 'generic',
    tenantUrl: 'https://wiki.example/scim',
    schedule: { enabled: false },
  };
  const [first, second] = [Math.floor(Date.now() / 1_000) + 86_400 * 5, Math.floor(Date.now() / 1_000) + 86_400 * 9];
  const iso = (seconds: number): string => new Date(seconds * 1_000).toISOString();
  assert.equal((await ask('POST', '/apps', { ...app, secretToken: jwt(first) })).status, 201);
  assert.equal(await endOf(), iso(first));
  assert.deepEqual(
    items(await ask('GET', '/secrets/expiring')).map(({ kind, label, provider }) => [kind, label, provider]),
    [['appToken', 'Wiki', null]],
  );
  const said = '2031-01-01T00:00:00.000Z';
  await ask('PATCH', '/apps/Wiki', { secretExpiresAt: said });
  assert.equal(await endOf(), said);
  await ask('PUT', '/apps', { ...app, secretToken: jwt(first) });
  assert.equal(await endOf(), said, 'the very same token, declared again, keeps what was said');
  await ask('PATCH', '/apps/Wiki', { secretToken: jwt(second) });
  assert.equal(await endOf(), iso(second));
  const plain = await ask('PATCH', '/apps/Wiki', { secretToken: 'no-such-token' });
  assert.equal(await endOf(), null, 'nobody knows the end of another token');
  assert.match(JSON.stringify(plain.body['differences']), /"what":"secretExpiresAt","before":"2/);
  assert.equal((await ask('PATCH', '/apps/Wiki', { secretExpiresAt: 'tomorrow' })).status, 400);
  assert.deepEqual(items(await ask('GET', '/secrets/expiring')), []);
});
