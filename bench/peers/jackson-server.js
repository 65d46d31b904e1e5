// The directory sync of SAML Jackson (Polis) behind a bare node:http server.
// usage: node jackson-server.js USERS GROUP_SIZE,GROUP_SIZE...
import { createServer } from 'node:http';
import { controllers } from '@boxyhq/saml-jackson';
import { benchUser, groupId, userId } from './peer-data.js';

const [, , userCount = '0', sizes = ''] = process.argv;
// It says for each change that no webhook is set; that is not what is measured.
for (const level of ['log', 'info', 'warn', 'error']) console[level] = () => undefined;
const jackson = await controllers({
  externalUrl: 'http://127.0.0.1',
  samlPath: '/sso',
  oidcPath: '/oidc',
  noAnalytics: true,
  db: { engine: 'mem', pageLimit: 100 },
});
const { directories, requests } = jackson.directorySyncController;
const { data: directory } = await directories.create({
  tenant: 'bench',
  product: 'bench',
  name: 'bench',
  type: 'azure-scim-v2',
});
const { secret } = directory.scim;
const base = { directoryId: directory.id, apiSecret: secret, query: {} };

const ask = (request) => requests.handle({ ...base, ...request });
// It gives ids of its own, so the benchmark's are kept beside.
const ids = new Map();
for (let number = 0; number < Number(userCount); number += 1) {
  const { data } = await ask({ method: 'POST', resourceType: 'Users', body: benchUser(number) });
  ids.set(userId(number), data.id);
}
const userIds = [...ids.values()];
for (const size of sizes.split(',').filter(Boolean).map(Number)) {
  const { data } = await ask({
    method: 'POST',
    resourceType: 'Groups',
    body: { displayName: `Group of ${size}`, schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'] },
  });
  ids.set(groupId(size), data.id);
  for (let at = 0; at < size; at += 1_000) {
    const value = Array.from({ length: Math.min(1_000, size - at) }, (_, offset) => ({
      value: userIds[(at + offset) % userIds.length],
    }));
    const Operations = [{ op: 'add', path: 'members', value }];
    await ask({ method: 'PATCH', resourceType: 'Groups', resourceId: data.id, body: { Operations } });
  }
}

/** Members by the peer's own ids; it reads removals as a value list. */
function withOwnIds(body) {
  for (const operation of body.Operations ?? []) {
    const removed = /^members\[value eq "([^"]+)"\]$/.exec(operation.path ?? '')?.[1];
    if (removed !== undefined) {
      operation.path = 'members';
      operation.value = [{ value: ids.get(removed) }];
    } else if (operation.path === 'members') {
      operation.value = operation.value.map(({ value }) => ({ value: ids.get(value) }));
    }
  }
  return body;
}

function answer(request, response, text) {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const [, , resourceType = '', id] = pathname.split('/');
  const count = searchParams.get('count');
  const startIndex = searchParams.get('startIndex');
  const query = {
    ...(count === null ? {} : { count: Number(count) }),
    ...(startIndex === null ? {} : { startIndex: Number(startIndex) }),
    filter: searchParams.get('filter') ?? undefined,
  };
  const apiSecret = request.headers.authorization?.slice('Bearer '.length);
  const body = text === '' ? undefined : withOwnIds(JSON.parse(text));
  const resourceId = ids.get(id) ?? id;
  const asked = { ...base, apiSecret, method: request.method, resourceType, resourceId, body, query };
  return requests.handle(asked).then(({ status, data }) => {
    const bytes = Buffer.from(JSON.stringify(data));
    response.writeHead(status, { 'content-type': 'application/scim+json', 'content-length': bytes.length });
    response.end(bytes);
  });
}

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => {
    text += chunk;
  });
  request.on('end', () => {
    answer(request, response, text).catch((error) => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
});
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${server.address().port}/scim`, token: base.apiSecret });
});
process.on('SIGTERM', () => process.exit(0));
