import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { isJsonArray, isJsonObject, type JsonObject, PATCH_SCHEMA, USER_SCHEMA } from '@lockstep/scim';
import { type AskAdmin, openServer } from '../../test/admin-client.ts';
import { runWords } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';

interface Tenant {
  readonly ask: AskAdmin;
  readonly folder: string;
  readonly url: string;
  readonly path: string;
  readonly id: string;
  /** As the tenant's client. */
  readonly send: (method: string, path: string, body?: unknown, token?: string) => Promise<JsonObject>;
}

async function openTenant(t: TestContext, flags: Readonly<Record<string, string>> = {}): Promise<Tenant> {
  const folder = tempFolder(t);
  const { ask, url } = await openServer(t, folder, flags);
  const { body: tenant } = await ask('POST', '/providers', { profile: 'generic', title: 'Acme' });
  const send = async (method: string, path: string, body?: unknown, token = tenant['token']): Promise<JsonObject> => {
    const headers = {
      authorization: `Bearer ${String(token)}`,
      'content-type': 'application/scim+json',
      'user-agent': 'Okta SCIM Client 1.0.0',
    };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const text = await (await fetch(`${String(tenant['scimUrl'])}${path}`, init)).text();
    const json: unknown = text === '' ? {} : JSON.parse(text);
    return isJsonObject(json) ? json : {};
  };
  const id = String(tenant['id']);
  return { ask, folder, url, id, path: `/providers/${id}`, send };
}

function items(body: JsonObject, name: 'items' | 'deviations' = 'items'): readonly JsonObject[] {
  const list = body[name];
  return isJsonArray(list) ? list.filter(isJsonObject) : [];
}

const disable = { schemas: [PATCH_SCHEMA], Operations: [{ op: 'Replace', path: 'active', value: 'False' }] };

test('requests with deviations and refusals are kept, found, paged and told, without a value of anybody', async (t) => {
  const { ask, path, send } = await openTenant(t);
  const eva = await send('POST', '/Users', { schemas: [USER_SCHEMA], userName: 'eva@x.example' });
  await send('PATCH', `/Users/${String(eva['id'])}`, disable);
  await send('GET', '/Users/eva@x.example');
  await send('GET', '/Users?filter=userName%20zz%20%22eva%40x.example%22');
  const all = await ask('GET', `${path}/requests`);
  assert.deepEqual(
    items(all.body).map((one) => [one['number'], one['method'], one['path'], one['status'], one['deviations']]),
    [
      [3, 'GET', '/Users?filter=[Redact] [Redact] [Redact]', 400, []],
      [2, 'GET', '/Users/[Redact]', 404, []],
      [1, 'PATCH', `/Users/${String(eva['id'])}`, 204, ['operationInAnyCase', 'booleanAsText']],
    ],
  );
  assert.doesNotMatch(JSON.stringify(all.body), /x\.example/);
  assert.deepEqual([items(all.body)[0]?.['client'], items(all.body)[0]?.['address']], ['Okta', '127.0.0.1']);

  const numbers = async (query: string): Promise<readonly unknown[]> =>
    items((await ask('GET', `${path}/requests?${query}`)).body).map((one) => one['number']);
  assert.deepEqual(await numbers('deviating=true'), [1]);
  assert.deepEqual(await numbers('deviation=booleanAsText'), [1]);
  assert.deepEqual(await numbers('status=4xx'), [3, 2]);
  assert.deepEqual(await numbers('search=patch'), [1]);
  assert.deepEqual(await numbers(`to=${new Date(0).toISOString()}`), []);
  const first = await ask('GET', `${path}/requests?limit=2`);
  assert.equal(first.body['next'], '2');
  assert.deepEqual(await numbers('limit=2&after=2'), [1]);
  assert.equal((await ask('GET', `${path}/requests?status=9xx`)).status, 400);

  const { body: one } = await ask('GET', `${path}/requests/1`);
  assert.equal(one['form'], JSON.stringify(disable));
  const told = isJsonArray(one['told']) ? one['told'].filter(isJsonObject) : [];
  assert.deepEqual(
    told.map(({ code, sentence, rfc }) => [code, sentence, rfc]),
    [
      ['operationInAnyCase', 'this client wrote an operation in another case', 'RFC 7644 §3.5.2'],
      ['booleanAsText', 'this client sent booleans as text', 'RFC 7643 §2.3.2'],
    ],
  );
  assert.match(String(told[1]?.['remedy']), /aadOptscim062020/);
  assert.equal((await ask('GET', `${path}/requests/9`)).status, 404);
  assert.equal((await ask('GET', '/providers/nobody/requests')).status, 404);
});

test('the summary counts deviations of the last days and tells what is kept', async (t) => {
  const { ask, path, send } = await openTenant(t);
  const eva = await send('POST', '/Users', { schemas: [USER_SCHEMA], userName: 'eva', shoeSize: 38 });
  for (let time = 0; time < 3; time += 1) await send('PATCH', `/Users/${String(eva['id'])}`, disable);
  const { body } = await ask('GET', `${path}/requests/summary`);
  assert.deepEqual(
    items(body, 'deviations').map(({ code, count }) => [code, count]),
    [
      ['booleanAsText', 3],
      ['operationInAnyCase', 3],
      ['unknownAttribute', 1],
    ],
  );
  const { deviations: _deviations, ...standing } = body;
  assert.deepEqual(standing, {
    days: 7,
    mode: 'problems',
    serverMode: 'problems',
    retentionDays: 14,
    keep: 10_000,
    kept: 4,
    dropped: 0,
  });
});

test('a provider keeps everything, nothing, or what the server says; the setting is audited', async (t) => {
  const { ask, path, send } = await openTenant(t, { requestLog: 'off' });
  await send('GET', '/Users/nobody');
  assert.deepEqual(items((await ask('GET', `${path}/requests`)).body), []);
  assert.equal((await ask('PATCH', path, { requestLog: 'all' })).body['requestLog'], 'all');
  await send('GET', '/Users?count=1');
  assert.deepEqual(
    items((await ask('GET', `${path}/requests`)).body).map((one) => one['path']),
    ['/Users?count=1'],
  );
  assert.equal((await ask('PATCH', path, { rateLimit: null })).body['requestLog'], 'all', 'others leave it alone');
  assert.equal((await ask('PATCH', path, { requestLog: null })).body['requestLog'], undefined);
  assert.equal((await ask('PATCH', path, { requestLog: 'some' })).status, 400);
  const { body: audit } = await ask('GET', '/audit?action=PATCH');
  assert.match(JSON.stringify(audit), /requestLog/);
});

test('the metrics tell what found no room', async (t) => {
  const { url } = await openTenant(t);
  assert.match(await (await fetch(`${url}/metrics`)).text(), /^lockstep_request_log_dropped 0$/m);
});

test('a refused token of the tenant is told by its label', async (t) => {
  const { ask, path, send } = await openTenant(t);
  const { body: made } = await ask('POST', `${path}/tokens`, { label: 'old directory' });
  await ask('DELETE', `${path}/tokens/${String(made['id'])}`);
  await send('GET', '/Users', undefined, String(made['token']));
  const [one] = items((await ask('GET', `${path}/requests`)).body);
  assert.deepEqual(
    [one?.['status'], one?.['tokenLabel'], one?.['detail']],
    [401, 'old directory', 'the token was revoked'],
  );
});

test('requests by command line', async (t) => {
  const { url, folder, send, ask } = await openTenant(t);
  const run = (...words: readonly string[]) =>
    runWords(['provider', 'requests', ...words, '--url', url, '--data', folder], { workingFolder: folder });
  assert.match((await run('Acme')).out, /no request is kept/);
  assert.match(
    (await run('summary', 'Acme')).out,
    /^nothing departed from the protocol in 7 days\nkept: problems, 0 of/,
  );
  const eva = await send('POST', '/Users', { schemas: [USER_SCHEMA], userName: 'eva' });
  await send('PATCH', `/Users/${String(eva['id'])}`, disable);
  await send('GET', '/Users/nobody');
  const listed = await run('Acme', '--deviating');
  assert.match(
    listed.out,
    /^number +when +status +request +deviations\n[- ]+\n +1 +\S+ +204 +PATCH \/Users\/\S+ +operationInAnyCase/,
  );
  assert.match((await run('list', 'Acme', '--limit', '1')).error, /there are more: --after 2/);
  const shown = await run('show', 'Acme', '1');
  assert.match(shown.out, /client +Okta, Okta SCIM Client 1\.0\.0, 127\.0\.0\.1/);
  assert.match(shown.out, /booleanAsText: this client sent booleans as text \(RFC 7643 §2\.3\.2\)\n +Send true/);
  assert.match((await run('summary', 'Acme')).out, /1 +booleanAsText +RFC 7643 §2\.3\.2/);
  assert.match((await run('keep', 'Acme', 'all')).out, /requests of Acme are kept: all/);
  assert.equal((await run('keep', 'Acme', 'some')).code, 2);
  assert.equal((await run('show', 'Acme', 'x')).code, 2);
  assert.equal((await run('keep', 'Acme', 'default')).code, 0);
  const { body } = await ask('GET', '/providers');
  assert.equal(items(body)[0]?.['requestLog'], undefined);
});
