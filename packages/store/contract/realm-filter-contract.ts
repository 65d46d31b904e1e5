import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, it } from 'node:test';
import type { RealmKey, StoredResource } from '@lockstep/provider/ports';
import {
  compileMatcher,
  defineAttribute,
  foldText,
  isJsonObject,
  type Json,
  type JsonObject,
  parseFilter,
  type ResolvedFilter,
  type ResourceType,
  resolveFilter,
  ScimError,
  userType,
} from '@lockstep/scim';
import fc from 'fast-check';
import { emptyRealm, newGroup, T0, userPaths, userQuery } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

const URN = 'urn:example:params:scim:schemas:extension:Odd.2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Users with an attribute of every kind the standard knows and the standard's users lack. */
const oddUserType: ResourceType = {
  ...userType,
  extensions: [
    ...userType.extensions,
    {
      required: false,
      schema: {
        id: URN,
        name: 'Odd',
        description: 'Attributes of every kind.',
        attributes: [
          defineAttribute({ name: 'exact', description: 'Text of exact case.', caseExact: true }),
          defineAttribute({ name: 'whole', type: 'integer', description: 'A whole number.' }),
          defineAttribute({ name: 'part', type: 'decimal', description: 'A number.' }),
          defineAttribute({ name: 'at', type: 'dateTime', description: 'A moment.' }),
          defineAttribute({ name: 'flag', type: 'boolean', description: 'Yes or no.' }),
          defineAttribute({ name: 'tags', multiValued: true, description: 'Texts.' }),
          defineAttribute({ name: 'sizes', type: 'integer', multiValued: true, description: 'Whole numbers.' }),
        ],
      },
    },
  ],
};

const TEXTS = [
  ...['', 'a', 'A', 'ab', 'AB c', 'x%y_z', 'o\'b"r\\', '%', '_', '.*', 'work', 'home', 'WORK', 'true', '5'],
  ...[
    'é',
    'E\u0301',
    'İ',
    'i\u0307',
    'ı',
    'I',
    'K',
    'k',
    'ß',
    'ẞ',
    'ΑΣ',
    'ας',
    'ΑΣΑ',
    'ᲐᲑ',
    'აბ',
    '😀',
    '\uff5e',
    '\ud55c',
  ],
  ...['Ꟁ', 'Ɬ', 'null', '0', 'ǅ', 'ﬁ', 'a\u0315\u0300', 'Я', 'я', '\u{10d50}'],
] as const;
const NUMBERS = [
  0,
  -0,
  1,
  5,
  -3,
  2.5,
  0.1,
  1e21,
  1e-7,
  2 ** 53,
  2 ** 60,
  -(2 ** 63),
  1 / 3,
  5e-324,
  1.7976931348623157e308,
];
const DATES = [
  '2026-05-13T04:42:34Z',
  '2026-05-13T06:42:34+02:00',
  '2026-05-13T04:42:34.0000001Z',
  '2027-01-01T00:00:00',
  'soon',
];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'grapheme', maxLength: 3 }).filter(isStorable));
const number = fc.oneof(fc.constantFrom(...NUMBERS), fc.double({ noNaN: true, noDefaultInfinity: true }));
const whole = fc.oneof(fc.constantFrom(0, 1, 5, -3), fc.integer());
const optional = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined });
const element = fc.record({
  value: optional(text),
  type: optional(fc.constantFrom('work', 'WORK', 'home', '')),
  display: optional(fc.oneof(text, fc.constant(null))),
  primary: optional(fc.boolean()),
});
const elements = optional(fc.array(element, { maxLength: 3 }));

const user = fc.record({
  title: optional(fc.oneof(text, fc.constant(null), fc.constant(5), fc.constant(true))),
  nickName: optional(text),
  active: optional(fc.oneof(fc.boolean(), fc.constant('true'))),
  name: optional(fc.oneof(fc.record({ givenName: optional(text), familyName: optional(text) }), fc.constant(null))),
  emails: elements,
  phoneNumbers: elements,
  roles: fc.oneof(elements, fc.constant(null)),
  externalId: optional(text),
  [ENTERPRISE]: optional(
    fc.record({
      department: optional(text),
      manager: optional(fc.record({ value: text, displayName: optional(text) })),
    }),
  ),
  [URN]: optional(
    fc.record({
      exact: optional(text),
      whole: optional(fc.oneof(whole, fc.constant('5'), fc.constant(true))),
      part: optional(number),
      at: optional(fc.constantFrom(...DATES)),
      flag: optional(fc.boolean()),
      tags: optional(fc.array(text, { maxLength: 3 })),
      sizes: optional(fc.array(whole, { maxLength: 3 })),
    }),
  ),
});

const PATHS = [
  ...['userName', 'id', 'externalId', 'title', 'nickName', 'active', 'name', 'name.givenName', 'name.familyName'],
  ...['emails', 'emails.value', 'emails.type', 'emails.display', 'emails.primary', 'phoneNumbers.value', 'roles'],
  ...['roles.value', 'groups', 'groups.value', 'groups.display', 'groups.type', 'meta.version', 'meta.created'],
  ...['meta.resourceType', 'meta.lastModified', 'schemas', ENTERPRISE, `${ENTERPRISE}:department`, 'unknown'],
  ...[`${ENTERPRISE}:manager.value`, `${ENTERPRISE}:manager`, URN],
  ...['exact', 'whole', 'part', 'at', 'flag', 'tags', 'sizes'].map((name) => `${URN}:${name}`),
];
const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
const literal = fc.oneof(
  { weight: 4, arbitrary: text.map((one) => JSON.stringify(one)) },
  number.map((one) => JSON.stringify(one)),
  whole.map((one) => JSON.stringify(one)),
  fc.constantFrom(...DATES).map((one) => JSON.stringify(one)),
  fc.constantFrom('true', 'false', 'null'),
  fc.constantFrom(
    '"<user>"',
    '"<group>"',
    '"<GROUP>"',
    '"crew"',
    '"User"',
    '"\\ud83d"',
    `"${new Date(T0).toISOString()}"`,
  ),
);
const leaf = (paths: readonly string[]): fc.Arbitrary<string> => {
  const path = fc.constantFrom(...paths);
  const comparison = fc.tuple(path, fc.constantFrom(...OPERATORS), literal).map((words) => words.join(' '));
  return fc.oneof({ weight: 5, arbitrary: comparison }, { weight: 1, arbitrary: path.map((one) => `${one} pr`) });
};
const parts = leaf(['value', 'type', 'primary', 'display']);
const element2 = fc.oneof(
  parts,
  fc.tuple(parts, fc.constantFrom('and', 'or'), parts).map((words) => words.join(' ')),
  parts.map((one) => `not (${one})`),
);
const bracketed = fc.oneof(
  fc.tuple(fc.constantFrom('emails', 'roles', 'groups'), element2).map(([name, inside]) => `${name}[${inside}]`),
  leaf(['givenName', 'familyName']).map((inside) => `name[${inside}]`),
  leaf(['value']).map((inside) => `${URN}:tags[${inside}]`),
);
const filterText = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 6, arbitrary: leaf(PATHS) },
    { weight: 3, arbitrary: bracketed },
    tie('filter').map((inner) => `not (${inner})`),
    fc
      .tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter'))
      .map(([left, word, right]) => `(${left}) ${word} (${right})`),
  ),
})).filter;

/** Whatever the database decides of a filter, it decides as scim's own matcher does. */
export function realmFilterContract(open: OpenStore): void {
  describe('filters of a realm', () => {
    const store = storeForSuite(open);
    const ids = new Map<string, string>();
    const everybody: { readonly id: string; readonly resource: JsonObject }[] = [];
    let realm: RealmKey = 0;

    before(async () => {
      realm = await emptyRealm(store());
      const samples = fc.sample(user, { numRuns: 150, seed: 20_261 });
      const added = await Promise.all(
        samples.map((attributes, at) => store().realms.insert(realm, oddUser(withoutNothing(attributes), at))),
      );
      const memberIds = added.filter((_, at) => at % 3 === 0).map((one) => one.id);
      const groups = [newGroup('Crew', { memberIds }), newGroup('crew two', { memberIds: memberIds.slice(0, 4) })];
      for (const group of groups) await store().realms.insert(realm, group);
      ids
        .set('user', memberIds[0] ?? '')
        .set('group', groups[0]?.id ?? '')
        .set('GROUP', groups[1]?.id.toUpperCase() ?? '');
      const all = { ...userQuery(undefined, { include: { members: false, groups: true } }), type: oddUserType };
      for (const one of (await store().realms.query(realm, all)).resources) {
        everybody.push({ id: one.id, resource: seenByMatcher(one) });
      }
      assert.equal(everybody.length, samples.length);
    });

    it('find exactly whom the matcher finds', async () => {
      let decided = 0;
      await fc.assert(
        fc.asyncProperty(filterText, async (template) => {
          const filter = resolved(template.replace(/<(\w+)>/g, (_, name) => ids.get(String(name)) ?? ''));
          if (filter === undefined) return;
          const matches = compileMatcher(filter);
          const wanted = everybody.filter(({ resource }) => matches(resource)).map(({ id }) => id);
          const query = { ...userQuery(undefined), filter, type: oddUserType, indexed: userPaths };
          const page = await store().realms.query(realm, query);
          assert.deepEqual(
            page.resources.map(({ id }) => id),
            wanted,
          );
          assert.equal(page.total, wanted.length);
          if (wanted.length > 0 && wanted.length < everybody.length) decided += 1;
        }),
        { numRuns: 400 },
      );
      assert.ok(decided > 50, `only ${decided} filters told users apart`);
    });
  });
}

function resolved(filter: string): ResolvedFilter | undefined {
  try {
    return resolveFilter(parseFilter(filter, { type: oddUserType }), oddUserType);
  } catch (error) {
    // Operators that an attribute's type does not have.
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}

function oddUser(
  attributes: JsonObject,
  at: number,
): Parameters<ReturnType<ReturnType<typeof storeForSuite>>['realms']['insert']>[1] {
  const id = randomUUID();
  const userName = `${TEXTS[at % TEXTS.length]} ${at}`;
  const emails = Array.isArray(attributes['emails']) ? attributes['emails'] : [];
  const addresses = emails.flatMap((email) =>
    isJsonObject(email) && typeof email['value'] === 'string' ? [foldText(email['value'])] : [],
  );
  const { externalId } = attributes;
  return {
    id,
    type: 'User',
    text: JSON.stringify({ schemas: [userType.schema.id], id, userName, ...attributes }),
    keys: {
      uniqueName: foldText(userName),
      externalId: typeof externalId === 'string' ? externalId : null,
      isExternalIdUnique: false,
      display: userName,
      values: [...new Set(addresses)].map((value) => ({ path: 'emails.value', value, isUnique: false })),
      isActive: true,
    },
    isManaged: true,
    nowMs: T0 + at * 1_000,
  };
}

/** Drops members that are undefined, as JSON does. */
function withoutNothing(attributes: object): JsonObject {
  const read: unknown = JSON.parse(JSON.stringify(attributes));
  return isJsonObject(read) ? read : {};
}

function seenByMatcher(stored: StoredResource): JsonObject {
  const groups: readonly Json[] = (stored.groups ?? []).map(({ id, display }) => ({ value: id, display }));
  const attributes: unknown = JSON.parse(stored.text);
  return {
    ...(isJsonObject(attributes) ? attributes : {}),
    groups,
    meta: {
      resourceType: stored.type,
      created: new Date(stored.createdMs).toISOString(),
      lastModified: new Date(stored.modifiedMs).toISOString(),
      version: `W/"${stored.version}"`,
    },
  };
}

function isStorable(one: string): boolean {
  return one.isWellFormed() && !one.includes('\0');
}
