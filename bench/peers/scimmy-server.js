// SCIMMY behind its Express routers, over a store with an index on userName, so that look-ups are as cheap as they can be.
// usage: node scimmy-server.js USERS GROUP_SIZE,GROUP_SIZE... [SQLITE_FILE]
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import { benchUser, groupId, userId } from './peer-data.js';
import { memoryUsers, sqliteUsers } from './user-store.js';

const [, , userCount = '0', sizes = '', file] = process.argv;
const users = file === undefined ? memoryUsers() : sqliteUsers(file);
const groups = new Map();
let serial = 0;

function store(id, resource) {
  const now = new Date().toISOString();
  const created = users.get(id)?.meta.created ?? now;
  const stored = { ...resource, id, meta: { created, lastModified: now } };
  users.put(stored);
  return stored;
}

/** The value of a filter that is nothing but `userName eq "..."`. */
function nameAsked(filter) {
  const [only] = filter ?? [];
  const [operator, value] = only?.userName ?? [];
  return filter?.length === 1 && operator === 'eq' ? String(value).toLowerCase() : undefined;
}

SCIMMY.Resources.declare(SCIMMY.Resources.User)
  .ingress((resource, data) => {
    const taken = users.named(data.userName.toLowerCase());
    if (taken !== undefined && taken.id !== resource.id) throw new SCIMMY.Types.Error(409, 'uniqueness', 'taken');
    serial += 1;
    return store(resource.id ?? `new-${serial}`, data);
  })
  .egress((resource) => {
    if (resource.id !== undefined) {
      const found = users.get(resource.id);
      if (found === undefined) throw new SCIMMY.Types.Error(404, null, 'not found');
      return found;
    }
    const name = nameAsked(resource.filter);
    if (name === undefined) return users.all();
    const found = users.named(name);
    return found === undefined ? [] : [found];
  })
  .degress(() => undefined);

SCIMMY.Resources.declare(SCIMMY.Resources.Group)
  .ingress((resource, data) => {
    const id = resource.id ?? `group-${groups.size}`;
    groups.set(id, { ...data, id, meta: {} });
    return groups.get(id);
  })
  .egress((resource) => (resource.id === undefined ? [...groups.values()] : groups.get(resource.id)))
  .degress((resource) => void groups.delete(resource.id));

const numbers = Array.from({ length: Number(userCount) }, (_, number) => number);
users.fill(numbers, (number) => store(userId(number), benchUser(number)));
for (const size of sizes.split(',').filter(Boolean).map(Number)) {
  const members = Array.from({ length: size }, (_, at) => ({ value: userId(at % numbers.length) }));
  groups.set(groupId(size), { id: groupId(size), displayName: `Group of ${size}`, members, meta: {} });
}

const app = express();
const handler = (request) => {
  if (request.header('authorization') !== 'Bearer bench') throw new Error('unauthorized');
  return 'bench';
};
app.use('/scim', new SCIMMYRouters({ type: 'bearer', handler }));
const server = app.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${server.address().port}/scim`, token: 'bench' });
});
server.keepAliveTimeout = 600_000;
server.requestTimeout = 0;
process.on('SIGTERM', () => process.exit(0));
