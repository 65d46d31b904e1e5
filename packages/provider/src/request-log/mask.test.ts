import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bodyForm } from './body-form.ts';
import { maskDetail } from './mask-detail.ts';
import { maskFilter } from './mask-filter.ts';
import { maskPatchPath, maskPath } from './mask-path.ts';

const ID = '2819c223-7f76-453a-919d-413861904646';

describe('a filter that is shown', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['userName eq "eva@x.example"', 'userName eq [Redact]'],
    ['userName eq eva', 'userName eq [Redact]'],
    ['userName eq"eva"', 'userName eq [Redact]'],
    ['emails[type eq "work"].value eq "eva@x.example"', 'emails[type eq "work"].value eq [Redact]'],
    ['emails[type eq "work" and value co "@x"]', 'emails[type eq "work" and value co [Redact]]'],
    ['active eq "True" and not (title pr)', 'active eq "True" and not (title pr)'],
    [`id eq "${ID}" and manager eq "${ID}"`, `id eq "${ID}" and manager eq "${ID}"`],
    ['type eq "Eva Lind"', 'type eq [Redact]'],
    ['meta.lastModified gt "2026-01-31T08:00:00Z"', 'meta.lastModified gt "2026-01-31T08:00:00Z"'],
    ["userName = 'Eva Lind'", '[Redact] [Redact] [Redact]'],
    ['eva lind', '[Redact] [Redact]'],
    ['displayName eq "a \\" or title pr', 'displayName eq [Redact]'],
    ['', ''],
  ];
  for (const [given, shown] of cases) it(`${given} is ${shown}`, () => assert.equal(maskFilter(given), shown));

  it('is cut before it is read, however long it is', () => {
    const startedMs = performance.now();
    assert.ok(maskFilter('('.repeat(1_000_000)).length <= 4_000);
    assert.ok(maskFilter(`"${'\\'.repeat(1_000_000)}`).length <= 4_000);
    assert.ok(performance.now() - startedMs < 1_000);
  });
});

describe('a path that is shown', () => {
  const shown = (path: string): string => {
    const url = new URL(`http://x/${path}`);
    return maskPath(url.pathname.slice(1).split('/').map(decodeURIComponent), url.searchParams);
  };

  it('keeps endpoints, ids and what names no person', () => {
    assert.equal(shown(`Users/${ID}?attributes=userName,emails`), `/Users/${ID}?attributes=userName,emails`);
    assert.equal(
      shown('Users?startIndex=1&count=100&sortBy=name.familyName'),
      '/Users?startIndex=1&count=100&sortBy=name.familyName',
    );
    assert.equal(shown('Users/.search'), '/Users/.search');
    assert.equal(
      shown('Schemas/urn:ietf:params:scim:schemas:core:2.0:User'),
      '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User',
    );
    assert.equal(shown('Users?aadOptscim062020'), '/Users?aadOptscim062020');
    assert.equal(shown(''), '/');
  });

  it('masks names of people where an id is due, filters and parameters nobody knows', () => {
    assert.equal(shown('Users/eva.lind'), '/Users/[Redact]');
    assert.equal(shown('eva@x.example'), '/[Redact]');
    assert.equal(
      shown('Groups?filter=displayName+eq+%22Crew%22&access_token=secret'),
      '/Groups?filter=displayName eq [Redact]&access_token=[Redact]',
    );
    assert.equal(shown('Users?attributes=emails[value eq "eva@x"]'), '/Users?attributes=emails[value eq [Redact]]');
    assert.equal(shown('Users?sortBy=eva@x'), '/Users?sortBy=[Redact]');
    assert.ok(shown(`Users?${'count=1&'.repeat(500)}`).length <= 1_000);
  });

  it('shows the path of an operation without the values of its filter', () => {
    assert.equal(maskPatchPath('emails[type eq "work"].value'), 'emails[type eq "work"].value');
    assert.equal(maskPatchPath('emails[value eq "eva@x.example"]'), 'emails[value eq [Redact]]');
    assert.equal(maskPatchPath(`members[value eq "${ID}"]`), `members[value eq "${ID}"]`);
    assert.equal(maskPatchPath('Eva Lind'), '[Redact]');
    assert.equal(maskPatchPath(`/Users/${ID}`), `/Users/${ID}`);
    assert.equal(maskPatchPath('/Users/eva'), '/Users/[Redact]');
  });
});

describe('the form of a body', () => {
  const form = (body: unknown): unknown => JSON.parse(bodyForm(body));

  it('shows what a deviation is seen by, and no value of a person', () => {
    const operations = [
      { op: 'Replace', path: 'active', value: 'False' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'eva@x.example' },
      { op: 'Add', path: 'members', value: [{ $ref: null, value: ID }] },
      { op: 'replace', value: { 'name.givenName': 'Eva', title: '', age: 41, roles: '{"id":"1","value":"admin"}' } },
    ];
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
    assert.deepEqual(form({ schemas, Operations: operations }), {
      schemas,
      Operations: [
        { op: 'Replace', path: 'active', value: 'False' },
        { op: 'Replace', path: 'emails[type eq "work"].value', value: '[Redact]' },
        { op: 'Add', path: 'members', value: [{ $ref: null, value: ID }] },
        { op: 'replace', value: { 'name.givenName': '[Redact]', title: '', age: '[Redact]', roles: '{[Redact]}' } },
      ],
    });
  });

  it('never shows a password, a number or a name', () => {
    const text = bodyForm({ password: 'geheim', userName: 'eva', id: 4711, type: 'Eva Lind', 'eva@x.example': 1 });
    assert.doesNotMatch(text, /geheim|eva|4711|Lind/i);
  });

  it('is bounded in depth, in breadth and in all', () => {
    assert.deepEqual(form(Array.from({ length: 12 }, () => 'x')), [
      ...Array.from({ length: 10 }, () => '[Redact]'),
      '... 2 more',
    ]);
    let deep: unknown = 'x';
    for (let depth = 0; depth < 10_000; depth += 1) deep = [deep];
    assert.ok(bodyForm(deep).includes('"..."'));
    const broad = Object.fromEntries(Array.from({ length: 1_000 }, (_, number) => [`member${number}`, 'x']));
    assert.ok(bodyForm([broad, broad, broad, broad]).length <= 4_000);
    let bushy: unknown = 'x';
    for (let depth = 0; depth < 7; depth += 1) bushy = Array.from({ length: 10 }, () => bushy);
    const startedMs = performance.now();
    assert.ok(bodyForm(bushy).length <= 4_000);
    assert.ok(performance.now() - startedMs < 500, 'ten million values are not all looked at');
  });
});

describe('a detail that is shown', () => {
  it('tells what was wrong without addresses and ids that are names', () => {
    assert.equal(maskDetail('there is no User with id eva.lind'), 'there is no User with id [Redact]');
    assert.equal(
      maskDetail(`members: there is no resource with id ${ID}, eva`),
      `members: there is no resource with id ${ID}, [Redact]`,
    );
    assert.equal(maskDetail('"eva@x.example" is taken'), '"[Redact]" is taken');
    assert.equal(maskDetail('another User has this userName'), 'another User has this userName');
    assert.ok(maskDetail('x'.repeat(100_000)).length <= 500);
  });
});
