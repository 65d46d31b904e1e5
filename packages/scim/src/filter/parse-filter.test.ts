import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Deviation, DialectRule } from '../dialect/dialect.ts';
import { lenientDialect } from '../dialect/lenient.ts';
import { ScimError } from '../error.ts';
import { userType } from '../schema/resource-types.ts';
import type { CompareOperator, Filter } from './filter.ts';
import { parseFilter } from './parse-filter.ts';
import { printFilter } from './print-filter.ts';
import invalidFilters from './vectors/invalid-filters.json' with { type: 'json' };
import validFilters from './vectors/valid-filters.json' with { type: 'json' };

function record<Shape extends object>(model: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }): fc.Arbitrary<Shape> {
  return fc.record<Shape>(model, { noNullPrototype: true });
}

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,8}$/).filter((text) => text.toLowerCase() !== 'not');
const urn = fc.constantFrom('urn:ietf:params:scim:schemas:core:2.0:User', 'urn:example:2.0:Badge');
const path = fc.oneof(
  record({ name }),
  record({ name, sub: name }),
  record({ urn, name }),
  record({ urn, name, sub: name }),
);
const operator = fc.constantFrom<CompareOperator>('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');
const literal = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\\', '\\"', '\u0000', ']', ') or (', '\ud800'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.boolean(),
  fc.constant(null),
);
const compareLeaf = record({ kind: fc.constant('compare' as const), path, operator, value: literal });
const presentLeaf = record({ kind: fc.constant('present' as const), path });

function flat(kind: 'and' | 'or', filters: readonly Filter[]): Filter {
  return { kind, filters: filters.flatMap((filter) => (filter.kind === kind ? filter.filters : [filter])) };
}

function tree(leaf: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map((filters) => flat('and', filters)),
      fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map((filters) => flat('or', filters)),
      tie('filter').map((filter): Filter => ({ kind: 'not', filter })),
    ),
  })).filter;
}

const elementFilter = tree(fc.oneof(compareLeaf, presentLeaf));
const valuePath = record({ kind: fc.constant('valuePath' as const), path, filter: elementFilter });
const anyFilter = tree(fc.oneof(compareLeaf, presentLeaf, valuePath));

function refusalOf(act: () => unknown): ScimError {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof ScimError, String(error));
    return error;
  }
  assert.fail('nothing was refused');
}

describe('parseFilter', () => {
  for (const { text, print } of validFilters) {
    it(`reads ${text}`, () => {
      const filter = parseFilter(text);
      assert.equal(printFilter(filter), print);
      assert.deepEqual(parseFilter(printFilter(filter)), filter);
    });
  }

  for (const { text, column, says } of invalidFilters) {
    it(`refuses ${JSON.stringify(text)} at column ${column}`, () => {
      const error = refusalOf(() => parseFilter(text));
      assert.equal(error.code, 'invalidFilter');
      assert.ok(error.message.includes(says), error.message);
      assert.ok(error.message.endsWith(`at column ${column}`), error.message);
    });
  }

  it('binds and tighter than or', () => {
    const filter = parseFilter('a pr or b pr and c pr');
    assert.equal(filter.kind, 'or');
    assert.deepEqual(filter.kind === 'or' ? filter.filters.map(({ kind }) => kind) : [], ['present', 'and']);
  });

  it('binds not tighter than and', () => {
    assert.equal(parseFilter('not (a pr) and b pr').kind, 'and');
  });

  it('reads back what printFilter writes', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        assert.deepEqual(parseFilter(printFilter(filter), { lengthMax: 1_000_000 }), filter);
      }),
    );
  });

  it('answers any text with a filter or with invalidFilter', () => {
    const unit = fc.constantFrom('a', 'eq', 'and', 'not', '(', ')', '[', ']', '"', '\\', ' ', '.', ':', '1', "'", 'é');
    const text = fc.array(unit, { maxLength: 24 }).map((units) => units.join(''));
    fc.assert(
      fc.property(text, fc.boolean(), (given, isLenient) => {
        const options = isLenient ? { type: userType, accepts: lenientDialect } : {};
        try {
          parseFilter(given, options);
        } catch (error) {
          assert.ok(error instanceof ScimError && error.code === 'invalidFilter', String(error));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('limits of parseFilter', () => {
  it('refuses a filter nested 100,000 deep before reading it', () => {
    const text = `${'('.repeat(100_000)}a pr${')'.repeat(100_000)}`;
    assert.match(refusalOf(() => parseFilter(text)).message, /longer than 8192/);
  });

  it('refuses nesting beyond the depth even when any length is allowed', () => {
    for (const opener of ['(', 'not (', 'not(', 'a[']) {
      const error = refusalOf(() => parseFilter(opener.repeat(100_000), { lengthMax: 10_000_000 }));
      assert.equal(error.code, 'invalidFilter');
    }
  });

  it('reads nesting up to the depth and not one level more', () => {
    const nested = (depth: number): string => `${'('.repeat(depth)}a pr${')'.repeat(depth)}`;
    assert.equal(parseFilter(nested(32)).kind, 'present');
    assert.match(refusalOf(() => parseFilter(nested(33))).message, /deeper than 32/);
  });

  it('does not count brackets inside strings', () => {
    assert.equal(parseFilter(`a eq "${'('.repeat(100)}"`).kind, 'compare');
  });

  it('reads a chain of a thousand conditions into one flat list', () => {
    const filter = parseFilter(Array.from({ length: 1_000 }, () => 'a pr').join(' or '));
    assert.equal(filter.kind === 'or' ? filter.filters.length : 0, 1_000);
  });
});

describe('deviations in filters', () => {
  const notes: Deviation[] = [];
  const lenient = { type: userType, accepts: lenientDialect, note: (rule: Deviation) => notes.push(rule) };
  const cases: readonly (readonly [string, string, DialectRule])[] = [
    ['userName eq maren.kold', 'userName eq "maren.kold"', 'unquotedLiteral'],
    ['(userName eq maren.kold)', 'userName eq "maren.kold"', 'unquotedLiteral'],
    ['emails[type eq work]', 'emails[type eq "work"]', 'unquotedLiteral'],
    ['emails[type eq "work"].value eq "x"', 'emails[type eq "work" and value eq "x"]', 'valuePathInFilter'],
    [
      'emails[type pr or display pr].Value sw "x"',
      'emails[(type pr or display pr) and Value sw "x"]',
      'valuePathInFilter',
    ],
    [
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department eq "x"',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "x"',
      'dottedExtension',
    ],
  ];

  for (const [text, print, rule] of cases) {
    it(`reads ${text} under ${rule} only, and notes it`, () => {
      notes.length = 0;
      assert.equal(printFilter(parseFilter(text, lenient)), print);
      assert.deepEqual(notes, [rule]);
      const accepts = lenientDialect.difference(new Set([rule]));
      assert.equal(refusalOf(() => parseFilter(text, { type: userType, accepts })).code, 'invalidFilter');
    });
  }

  it('refuses single quotes, a missing value and left-over text in every dialect', () => {
    for (const text of ["userName eq 'a'", 'userName eq', 'userName eq Maren Kold']) {
      assert.equal(refusalOf(() => parseFilter(text, lenient)).code, 'invalidFilter');
    }
  });
});
