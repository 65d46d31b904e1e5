import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  applyPatch,
  compileMatcher,
  groupType,
  type JsonObject,
  lenientDialect,
  parseFilter,
  readPatchRequest,
  resolveFilter,
  userType,
} from '@lockstep/scim';

const FILTERS: readonly string[] = [
  'userName eq "person5@company.example"',
  'userName sw "person" and active eq true',
  'emails[type eq "work" and value co "@company.example"]',
  'title pr and (department eq "Sales" or nickName sw "p")',
];

/** Measured operations of one library. An operation that it does not have is absent. */
interface Library {
  readonly name: string;
  readonly parse?: (filter: string) => unknown;
  readonly match?: (filter: string) => (resource: JsonObject) => unknown;
  readonly patchUser?: () => unknown;
  readonly patchGroup?: (size: number) => () => unknown;
}

/**
 * Filters parsed and matched, and PATCH requests applied, each beside the libraries for it. Needs `npm install` in
 * `bench/peers`; without it only our own figures are shown.
 * usage: protocol
 */
export async function runProtocolBench(): Promise<void> {
  const libraries = [own, ...(await peers())];
  for (const library of libraries) {
    process.stdout.write(`\n${library.name}\n`);
    if (library.parse !== undefined) show('parse a filter', rate(cycled(library.parse)));
    if (library.match !== undefined) show('match a filter', rate(matching(library.match)));
    if (library.patchUser !== undefined) show('PATCH of a user, 5 attributes', rate(library.patchUser));
    if (library.patchGroup !== undefined) {
      show('PATCH of a group of 10,000, one member', rate(library.patchGroup(10_000)));
    }
  }
}

function cycled(parse: (filter: string) => unknown): () => unknown {
  let number = 0;
  return () => parse(FILTERS[number++ % FILTERS.length] ?? '');
}

function matching(match: (filter: string) => (resource: JsonObject) => unknown): () => unknown {
  const matchers = FILTERS.map(match);
  let number = 0;
  return () => matchers[number++ % matchers.length]?.(user);
}

const ROUND_MS = 400;

/** The best of three rounds, so that a busy machine counts less. */
function rate(run: () => unknown): number {
  return Math.max(...[1, 2, 3].map(() => oneRound(run)));
}

function oneRound(run: () => unknown): number {
  const startedMs = performance.now();
  let count = 0;
  for (let batch = 1; performance.now() - startedMs < ROUND_MS; batch = Math.min(batch * 2, 1_000)) {
    for (let at = 0; at < batch; at += 1) run();
    count += batch;
  }
  return count / ((performance.now() - startedMs) / 1_000);
}

function show(what: string, perSecond: number): void {
  process.stdout.write(`  ${what.padEnd(42)}${Math.round(perSecond).toLocaleString('en').padStart(12)}/s\n`);
}

const user: JsonObject = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: '1',
  userName: 'person5@company.example',
  displayName: 'Person 5',
  nickName: 'pete',
  title: 'Engineer',
  active: true,
  emails: [{ value: 'person5@company.example', type: 'work', primary: true }],
};

function groupOf(size: number): JsonObject {
  const members = Array.from({ length: size }, (_, at) => ({ value: `user-${at}` }));
  return { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], id: 'g', displayName: 'Group', members };
}

const userPatch = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [
    { op: 'replace', path: 'title', value: 'Manager' },
    { op: 'replace', path: 'nickName', value: 'piet' },
    { op: 'replace', path: 'displayName', value: 'Piet' },
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'piet@company.example' },
    { op: 'replace', path: 'active', value: false },
  ],
};

const memberPatch = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [
    { op: 'add', path: 'members', value: [{ value: 'user-new' }] },
    { op: 'remove', path: 'members[value eq "user-500"]' },
  ],
};

const applyOptions = { makeMissing: true };
const patchOptions = { operationsMax: 1_000, accepts: lenientDialect, note: () => undefined };

const own: Library = {
  name: 'Lockstep',
  parse: (filter) => parseFilter(filter, { type: userType }),
  match: (filter) => compileMatcher(resolveFilter(parseFilter(filter, { type: userType }), userType)),
  patchUser: () => applyPatch(user, readPatchRequest(userPatch, userType, patchOptions), userType, applyOptions),
  patchGroup: (size) => {
    const group = groupOf(size);
    return () => applyPatch(group, readPatchRequest(memberPatch, groupType, patchOptions), groupType, applyOptions);
  },
};

/** Other libraries, where they are installed. */
async function peers(): Promise<readonly Library[]> {
  const folder = join(import.meta.dirname, 'peers');
  if (!existsSync(join(folder, 'node_modules'))) {
    process.stdout.write('other libraries are not installed: run npm install in bench/peers\n');
    return [];
  }
  // A JavaScript file of this folder that exports exactly this.
  const { libraries } = (await import(join(folder, 'libraries.js'))) as {
    libraries(samples: object): readonly Library[];
  };
  return libraries({ user, groupOf, userPatch, memberPatch });
}
