import { groupId, userId } from './bench-ids.ts';
import type { ChildServer } from './child-server.ts';
import type { LoadRequest } from './load.ts';
import type { Measured } from './measure.ts';

/** What is asked of every server alike: each kind by itself, then all of them mixed as Entra's service mixes them. */
export function providerRequests(
  server: ChildServer,
  given: { readonly users: number; readonly sizes: readonly number[] },
): readonly Measured[] {
  const { users, sizes } = given;
  const random = seeded(7);
  const someone = (): number => Math.floor(random() * users);
  const get = (what: string, path: () => string, requests: number): Measured => ({
    server,
    what,
    requests,
    expect: [200],
    next: () => ({ method: 'GET', path: path() }),
  });
  const rows: Measured[] = [
    get(
      'userName eq',
      () => `/Users?filter=${encodeURIComponent(`userName eq "person${someone()}@company.example"`)}`,
      40_000,
    ),
    get('read by id', () => `/Users/${userId(someone())}`, 40_000),
    get(
      'list of 100',
      () => `/Users?startIndex=${1 + Math.floor(random() * Math.min(users - 100, 5_000))}&count=100`,
      3_000,
    ),
    {
      server,
      what: 'create',
      requests: 10_000,
      expect: [201],
      next: (number) => ({ method: 'POST', path: '/Users', body: newUser(number) }),
    },
    {
      server,
      what: 'user PATCH, 5 attributes',
      requests: 10_000,
      expect: [200, 204],
      next: (number) => ({ method: 'PATCH', path: `/Users/${userId(someone())}`, body: patchOf(number) }),
    },
  ];
  for (const size of sizes) {
    const path = `/Groups/${groupId(size)}`;
    const member = (number: number): string => userId(Math.floor(number / 2) % users);
    rows.push({
      server,
      what: `add / remove one member of ${size}`,
      requests: 8_000,
      expect: [204],
      next: (number) => ({
        method: 'PATCH',
        path,
        body: number % 2 === 0 ? addMember(member(number)) : removeMember(member(number)),
      }),
    });
  }
  rows.push(mixed(server, given, someone));
  return rows;
}

/** Of 100 requests: 40 look-ups, a third of them in vain, 15 creates, 25 updates, 5 disables, 10 of members, 5 reads. */
function mixed(
  server: ChildServer,
  given: { readonly users: number; readonly sizes: readonly number[] },
  someone: () => number,
): Measured {
  const group = groupId(given.sizes[0] ?? 100);
  const find = (name: string): LoadRequest => ({
    method: 'GET',
    path: `/Users?filter=${encodeURIComponent(`userName eq "${name}@company.example"`)}`,
  });
  const kinds: readonly Kind[] = [
    ...repeat(27, () => find(`person${someone()}`)),
    ...repeat(13, (number) => find(`nobody${number}`)),
    ...repeat(15, (number) => ({ method: 'POST', path: '/Users', body: newUser(1_000_000 + number) })),
    ...repeat(25, (number) => ({ method: 'PATCH', path: `/Users/${userId(someone())}`, body: patchOf(number) })),
    ...repeat(5, () => ({ method: 'PATCH', path: `/Users/${userId(someone())}`, body: disable })),
    ...repeat(10, () => ({ method: 'PATCH', path: `/Groups/${group}`, body: addMember(userId(someone())) })),
    ...repeat(5, () => ({ method: 'GET', path: `/Users/${userId(someone())}` })),
  ];
  return {
    server,
    what: 'mixed as Entra does',
    requests: 20_000,
    expect: [200, 201, 204],
    // A step prime to 100 spreads the kinds evenly.
    next: (number) => kinds[(number * 37) % kinds.length]?.(number) ?? find('nobody'),
  };
}

type Kind = (number: number) => LoadRequest;

function repeat(count: number, value: Kind): readonly Kind[] {
  return Array.from({ length: count }, () => value);
}

const disable = JSON.stringify({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'active', value: false }],
});

const PATCH_SCHEMAS = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];

function addMember(id: string): string {
  return JSON.stringify({
    schemas: PATCH_SCHEMAS,
    Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }],
  });
}

function removeMember(id: string): string {
  return JSON.stringify({ schemas: PATCH_SCHEMAS, Operations: [{ op: 'remove', path: `members[value eq "${id}"]` }] });
}

function patchOf(number: number): string {
  const values = {
    title: `Title ${number}`,
    nickName: `Nick ${number}`,
    locale: 'nl-NL',
    displayName: `Name ${number}`,
    userType: 'Employee',
  };
  return JSON.stringify({ schemas: PATCH_SCHEMAS, Operations: [{ op: 'replace', value: values }] });
}

function newUser(number: number): string {
  const name = `new${number}-${process.pid}`;
  return JSON.stringify({
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    externalId: `ext-${name}`,
    userName: `${name}@company.example`,
    active: true,
    displayName: `New Person ${number}`,
    name: { givenName: 'New', familyName: `Person ${number}`, formatted: `New Person ${number}` },
    emails: [{ primary: true, type: 'work', value: `${name}@company.example` }],
    title: 'Engineer',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      department: 'Sales',
      employeeNumber: String(number),
    },
  });
}

/** A small generator with a seed, so that two runs ask for the same people (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
