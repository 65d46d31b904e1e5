import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { test } from 'node:test';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { type AdminAnswer, type AskAdmin, openServer } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';

function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => {
    if (typeof key === 'number') return isJsonArray(inner) ? inner[key] : undefined;
    return isJsonObject(inner) ? inner[key] : undefined;
  }, value);
}

function refusal(answer: AdminAnswer): readonly [number, Json | undefined] {
  return [answer.status, at(answer.body, 'error', 'code')];
}

test('nothing but the description is told without the key', async (t) => {
  const { url, ask } = await openServer(t, tempFolder(t));
  for (const authorization of ['', 'Bearer', 'Bearer wrong', 'Basic abc']) {
    const answer = await fetch(`${url}/api/v1/apps`, { headers: { authorization } });
    assert.equal(answer.status, 401);
    assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/);
  }
  const description: unknown = await (await fetch(`${url}/api/v1/openapi.json`)).json();
  assert.ok(isJsonObject(description));
  assert.equal(description['openapi'], '3.1.0');
  const paths = at(description, 'paths');
  assert.ok(isJsonObject(paths) && Object.keys(paths).length > 25);
  assert.deepEqual(refusal(await ask('GET', '/nothing')), [404, 'notFound']);
});

test('a body that does not fit is refused with the place of every fault', async (t) => {
  const { ask, url } = await openServer(t, tempFolder(t));
  const answer = await ask('POST', '/providers', { profile: 'nope', title: '', surprise: 1 });
  assert.deepEqual(refusal(answer), [400, 'badRequest']);
  assert.equal(at(answer.body, 'error', 'issues', 0, 'place'), 'profile');
  assert.deepEqual(refusal(await ask('PUT', '/apps', { name: 'x' })), [400, 'badRequest']);
  assert.deepEqual(refusal(await ask('GET', '/logs?limit=0')), [400, 'badRequest']);
  assert.equal(url.startsWith('http://127.0.0.1:'), true);
});

test('a body that is no JSON, too long or of unknown length is refused', async (t) => {
  const folder = tempFolder(t);
  const { ask, url } = await openServer(t, folder);
  const send = (headers: Readonly<Record<string, string>>, body: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const key = readFileSync(`${folder}/api-key`, 'utf8').trim();
      const sent = request(`${url}/api/v1/directory/users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      });
      sent.on('response', (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  assert.equal(await send({ 'content-length': '5' }, '{"a":'), 400);
  assert.equal(await send({ 'transfer-encoding': 'chunked' }, '{}'), 400);
  assert.deepEqual(refusal(await ask('POST', '/directory/users', { displayName: 'x'.repeat(1_100_000) })), [
    413,
    'tooLarge',
  ]);
});

test('a tenant is made, shown, changed, given tokens, and deleted', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const made = await ask('POST', '/providers', {
    profile: 'zenvoices',
    title: 'Z',
    id: '1234',
    allowedAddresses: ['10.0.0.0/8'],
  });
  assert.equal(made.status, 201);
  assert.match(String(made.body['scimUrl']), /\/zenvoices\/api\/scim\/entra\/1234$/);
  assert.deepEqual(refusal(await ask('POST', '/providers', { profile: 'zenvoices', title: 'Z', id: '1234' })), [
    409,
    'conflict',
  ]);
  const changed = await ask('PATCH', '/providers/1234', {
    title: 'Zet',
    allowedAddresses: [],
    roleNames: ['Uploader', 'Payer'],
  });
  assert.deepEqual([changed.body['title'], changed.body['roleNames']], ['Zet', ['Uploader', 'Payer']]);
  assert.deepEqual(refusal(await ask('PATCH', '/providers/1234', { allowedAddresses: ['what'] })), [
    422,
    'invalidValue',
  ]);
  const token = await ask('POST', '/providers/1234/tokens', {
    label: 'second',
    scopes: ['read'],
    expiresAt: '2030-01-01T00:00:00Z',
  });
  assert.equal(token.status, 201);
  const use = (): Promise<Response> =>
    fetch(`${String(made.body['scimUrl'])}/Users`, {
      headers: { authorization: `Bearer ${String(token.body['token'])}` },
    });
  assert.equal((await use()).status, 200);
  assert.equal((await ask('DELETE', `/providers/1234/tokens/${String(token.body['id'])}`)).status, 204);
  assert.equal((await use()).status, 401);
  const tokens = await ask('GET', '/providers/1234/tokens');
  assert.deepEqual([at(tokens.body, 'items', 1, 'label'), at(tokens.body, 'items', 1, 'scopes')], ['second', ['read']]);
  const one = await ask('GET', '/providers/1234');
  assert.deepEqual([one.body['users'], one.body['groups']], [0, 0]);
  assert.equal((await ask('DELETE', '/providers/1234')).status, 204);
  assert.deepEqual(refusal(await ask('GET', '/providers/1234')), [404, 'notFound']);
});

test('what happens in a tenant is told in order, from where the reader stands', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const { body: tenant } = await ask('POST', '/providers', { profile: 'generic', title: 'T' });
  const create = (userName: string): Promise<Response> =>
    fetch(`${String(tenant['scimUrl'])}/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(tenant['token'])}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName }),
    });
  await create('a');
  const first = await ask('GET', `/providers/${String(tenant['id'])}/events`);
  assert.equal(at(first.body, 'items', 0, 'kind'), 'created');
  const next = String(first.body['next']);
  const none = await ask('GET', `/providers/${String(tenant['id'])}/events?after=${next}`);
  assert.deepEqual([none.body['items'], none.body['next']], [[], next]);
  await create('b');
  const second = await ask('GET', `/providers/${String(tenant['id'])}/events?after=${next}`);
  assert.equal(isJsonArray(second.body['items']) ? second.body['items'].length : 0, 1);
});

test('people and groups are made, listed, changed, joined and taken away', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const ann = await ask('POST', '/directory/users', { userPrincipalName: 'ann@example.com', displayName: 'Ann' });
  assert.equal(ann.status, 201);
  await ask('POST', '/directory/users', { userPrincipalName: 'ben@example.com', manager: 'ann@example.com' });
  const ben = await ask('GET', '/directory/users/ben%40example.com');
  assert.equal(at(ben.body, 'entry', 'manager'), ann.body['objectId']);
  assert.deepEqual(refusal(await ask('POST', '/directory/users', { userPrincipalName: 'ANN@example.com' })), [
    409,
    'conflict',
  ]);
  assert.deepEqual(refusal(await ask('PATCH', '/directory/users/ann@example.com', { shoeSize: '1' })), [
    422,
    'invalidValue',
  ]);
  assert.deepEqual(refusal(await ask('GET', '/directory/users?filter=department%20eq')), [422, 'invalidValue']);
  const page = await ask('GET', '/directory/users?filter=userPrincipalName%20sw%20%22b%22&count=10');
  assert.equal(page.body['total'], 1);

  await ask('POST', '/directory/groups', { displayName: 'Sales' });
  const joined = await ask('POST', '/directory/groups/Sales/members', { add: ['ann@example.com', 'ben@example.com'] });
  assert.equal(joined.body['isChanged'], true);
  const members = await ask('GET', '/directory/groups/Sales/members?limit=1');
  assert.equal(at(members.body, 'items', 0, 'displayName'), 'Ann');
  const rest = await ask('GET', `/directory/groups/Sales/members?limit=5&after=${String(members.body['next'])}`);
  assert.equal(isJsonArray(rest.body['items']) ? rest.body['items'].length : 0, 1);

  assert.equal((await ask('DELETE', '/directory/users/ben@example.com')).status, 204);
  assert.deepEqual(refusal(await ask('GET', '/directory/users/ben@example.com')), [404, 'notFound']);
  const id = String(at(ben.body, 'entry', 'objectId'));
  assert.equal((await ask('POST', `/directory/users/${id}/restore`, {})).body['isChanged'], true);
  assert.equal((await ask('DELETE', `/directory/users/${id}?permanent=true`)).status, 204);
  assert.deepEqual(refusal(await ask('POST', `/directory/users/${id}/restore`, {})), [404, 'notFound']);
});

/** An app whose schedule is off, so that the test decides when a cycle runs. */
async function withApp(ask: AskAdmin, more: JsonObject = {}): Promise<JsonObject & { readonly secretToken: string }> {
  const { body: tenant } = await ask('POST', '/providers', { profile: 'generic', title: 'T' });
  const declared = {
    name: 'App',
    template: 'generic',
    tenantUrl: String(tenant['scimUrl']),
    secretToken: String(tenant['token']),
    schedule: { enabled: false },
    ...more,
  };
  await ask('PUT', '/apps', declared);
  return declared;
}

test('saving an app again changes nothing; a change is told, and a dry run writes nothing', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  await ask('POST', '/directory/users', { userPrincipalName: 'ann@example.com' });
  const declared = await withApp(ask, { assignments: [{ user: 'ann@example.com', roles: ['Viewer'] }] });
  assert.equal((await ask('PUT', '/apps', declared)).body['do'], 'nothing');
  const { secretToken, ...withoutToken } = { ...declared, scope: 'all', assignments: [], users: { remove: ['title'] } };
  const next = { ...withoutToken, secretToken };
  const dry = await ask('PUT', '/apps?dryRun=true', next);
  assert.deepEqual(
    [dry.body['do'], at(dry.body, 'differences', 0)],
    ['update', { what: 'scope', before: 'assigned', after: 'all' }],
  );
  assert.equal((await ask('PUT', '/apps', declared)).body['do'], 'nothing');
  const done = await ask('PUT', '/apps', next);
  const whats = isJsonArray(done.body['differences']) ? done.body['differences'].map((one) => at(one, 'what')) : [];
  assert.deepEqual(whats, ['scope', 'users.mappings.title', 'assignments.ann@example.com']);
  assert.deepEqual((await ask('GET', '/apps/app/assignments')).body['items'], []);
  assert.equal((await ask('PUT', '/apps', withoutToken)).body['do'], 'nothing', 'a token that is not sent stays');
});

test('a mapping the engine cannot read is refused before anything is stored', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const declared = { name: 'App', template: 'generic', tenantUrl: 'http://127.0.0.1:1/x' };
  const bad = await ask('PUT', '/apps', {
    ...declared,
    users: { mappings: [{ target: 'title', expression: 'Nope([x])' }] },
  });
  assert.deepEqual(refusal(bad), [422, 'invalidValue']);
  const nobody = await ask('PUT', '/apps', { ...declared, assignments: [{ user: 'nobody@example.com' }] });
  assert.deepEqual(refusal(nobody), [404, 'notFound']);
  assert.deepEqual((await ask('GET', '/apps')).body['items'], []);
});

test('assignments come and go by name and role, with roles made where they are missing', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  await ask('POST', '/directory/users', { userPrincipalName: 'ann@example.com', displayName: 'Ann' });
  await ask('POST', '/directory/groups', { displayName: 'Finance' });
  await withApp(ask);
  await ask('PUT', '/apps/App/roles', { value: 'Viewer', displayName: 'Looks at things' });
  assert.equal(
    (await ask('POST', '/apps/App/assignments', { user: 'Ann', roles: ['Viewer', 'A,B'] })).body['added'],
    2,
  );
  assert.equal((await ask('POST', '/apps/App/assignments', { user: 'Ann', roles: ['Viewer'] })).body['added'], 0);
  assert.equal((await ask('POST', '/apps/App/assignments', { group: 'Finance' })).body['added'], 1);
  const grants = (await ask('GET', '/apps/App/assignments')).body['items'];
  const shown = isJsonArray(grants) ? grants.map((one) => [at(one, 'displayName'), at(one, 'roles')]) : [];
  assert.deepEqual(
    shown.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    [
      ['Ann', ['A,B', 'Viewer']],
      ['Finance', ['']],
    ],
  );
  const roles = (await ask('GET', '/apps/App/roles')).body['items'];
  assert.equal(at(roles, 1, 'displayName'), 'Looks at things');
  assert.equal((await ask('DELETE', '/apps/App/assignments?principal=Ann&role=A,B')).body['isRemoved'], true);
  assert.equal((await ask('DELETE', '/apps/App/assignments?principal=Ann&role=A,B')).body['isRemoved'], false);
  assert.equal((await ask('DELETE', '/apps/App/assignments?principal=Ann')).body['isRemoved'], true);
  assert.deepEqual(refusal(await ask('DELETE', '/apps/App/assignments?principal=Ann&role=None')), [404, 'notFound']);
});

test('a role that is for people only is refused for a group, whether it is stored or comes along', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  await ask('POST', '/directory/groups', { displayName: 'Finance' });
  const declared = await withApp(ask);
  await ask('PUT', '/apps/App/roles', { value: 'Viewer', allowedMemberTypes: ['User'] });
  const stored = await ask('POST', '/apps/App/assignments', { group: 'Finance', roles: ['Viewer'] });
  assert.deepEqual(refusal(stored), [422, 'invalidValue']);
  assert.equal(at(stored.body, 'error', 'message'), 'Finance: the role Viewer is for people only');
  const roles = [{ value: 'Payer', allowedMemberTypes: ['User'] }];
  const together = await ask('PUT', '/apps', {
    ...declared,
    roles,
    assignments: [{ group: 'Finance', roles: ['Payer'] }],
  });
  assert.deepEqual(refusal(together), [422, 'invalidValue']);
});

test('plan and dry run tell what would be done, and only the cycle does it', async (t) => {
  const folder = tempFolder(t);
  const { ask, url } = await openServer(t, folder);
  await ask('POST', '/directory/users', {
    userPrincipalName: 'ann@example.com',
    displayName: 'Ann',
    mailNickname: 'ann',
  });
  await withApp(ask, { scope: 'all' });
  const key = readFileSync(`${folder}/api-key`, 'utf8').trim();
  const plan = await fetch(`${url}/api/v1/apps/App/plan`, { headers: { authorization: `Bearer ${key}` } });
  assert.equal(plan.headers.get('content-type'), 'application/x-ndjson');
  const lines = (await plan.text()).trim().split('\n');
  assert.equal(lines.length, 1);
  assert.equal(at(JSON.parse(lines[0] ?? ''), 'action'), 'create');
  const dry = await ask('POST', '/apps/App/provision', { user: 'ann@example.com', isDryRun: true });
  assert.deepEqual([dry.body['action'], dry.body['status']], ['create', 'success']);
  assert.equal((await ask('GET', '/apps/App/status')).body['linkedUsers'], 0);
  const tested = (await ask('POST', '/apps/App/test', {})).body;
  assert.equal(tested['isOk'], true);
  assert.deepEqual(Object.keys(Object(tested['features'])).includes('patch'), true);
  const synced = await ask('POST', '/apps/App/sync', { wait: true });
  assert.equal(at(synced.body, 'counts', 'created'), 1);
  const again = await ask('POST', '/apps/App/provision', { user: 'ann@example.com' });
  assert.equal(again.body['status'], 'skipped');
  const status = await ask('GET', '/apps/App/status');
  assert.deepEqual(
    [status.body['linkedUsers'], status.body['isRunning'], status.body['kind']],
    [1, false, 'incremental'],
  );
  const restarted = await ask('POST', '/apps/App/sync', { wait: true, restart: ['full'] });
  assert.equal(at(restarted.body, 'counts', 'created'), 0);
});

test('an app that cannot run says so when it is asked to', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  await ask('PUT', '/apps', { name: 'App', template: 'zenya', tenantUrl: 'http://127.0.0.1:1/scim/' });
  const answer = await ask('POST', '/apps/App/sync', {});
  assert.deepEqual(refusal(answer), [422, 'invalidValue']);
  assert.equal(at(answer.body, 'error', 'message'), 'App has no Permanent token yet');
  assert.deepEqual(refusal(await ask('POST', '/apps/Nope/sync', {})), [404, 'notFound']);
  assert.deepEqual(refusal(await ask('POST', '/apps/App/provision', {})), [400, 'badRequest']);
});

test('a new mapping sends everybody through again', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  await ask('POST', '/directory/users', {
    userPrincipalName: 'ann@example.com',
    displayName: 'Ann',
    mailNickname: 'ann',
  });
  const declared = await withApp(ask, { scope: 'all' });
  await ask('POST', '/apps/App/sync', { wait: true });
  await ask('PUT', '/apps', { ...declared, users: { mappings: [{ target: 'displayName', constant: 'Somebody' }] } });
  const synced = await ask('POST', '/apps/App/sync', { wait: true });
  assert.deepEqual([synced.body['kind'], at(synced.body, 'counts', 'updated')], ['initial', 1]);
});

test('a declaration is applied whole, told before, and changes nothing the second time', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const declaration = {
    directory: {
      feeds: [
        {
          name: 'people',
          type: 'csv',
          file: 'p.csv',
          key: 'employeeId',
          text: 'employeeId,userPrincipalName\n1,ann@example.com\n',
        },
      ],
    },
    apps: [
      { name: 'App', template: 'zenya', tenantUrl: 'http://127.0.0.1:1/', assignments: [{ user: 'ann@example.com' }] },
    ],
  };
  const first = await ask('POST', '/apply', { declaration });
  assert.deepEqual([first.status, first.body['isChanged'], at(first.body, 'apps', 0, 'do')], [200, true, 'create']);
  const second = await ask('POST', '/apply', { declaration });
  assert.equal(second.body['isChanged'], false);
  const bad = {
    apps: [
      { ...declaration.apps[0], name: 'Fine' },
      { ...declaration.apps[0], name: 'Bad', assignments: [{ user: 'x' }] },
    ],
  };
  const refused = await ask('POST', '/apply', { declaration: bad });
  assert.equal(at(refused.body, 'error', 'message'), 'Bad: there is no person "x" in the directory');
  assert.equal((await ask('GET', '/apps/Fine')).status, 404);
});

test('expressions are evaluated over what is given or over a person', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  await ask('POST', '/directory/users', { userPrincipalName: 'ann@example.com', displayName: 'Ann' });
  const run = (body: unknown): Promise<AdminAnswer> => ask('POST', '/expressions/run', body);
  assert.equal((await run({ expression: 'ToUpper([displayName])', user: 'ann@example.com' })).body['value'], 'ANN');
  assert.equal((await run({ expression: 'Append([a], "!")', input: { a: 'x' } })).body['value'], 'x!');
  assert.deepEqual(refusal(await run({ expression: 'Nope(' })), [422, 'invalidValue']);
});
