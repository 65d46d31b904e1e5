import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lenientDialect } from '../dialect/lenient.ts';
import { entityTag, parseEntityTags, passesIfMatch, passesIfNoneMatch } from './entity-tag.ts';
import { listResponse, listResponseText } from './list-response.ts';
import { readQuery } from './read-query.ts';
import { readSearchRequest, SEARCH_REQUEST_SCHEMA } from './search-request.ts';

const limits = { countDefault: 100, countMax: 500 };
const read = (query: string): unknown => readQuery(new URLSearchParams(query), limits);

describe('readQuery', () => {
  it('fills in the defaults', () => {
    assert.deepEqual(read(''), { startIndex: 1, count: 100, sortOrder: 'ascending' });
  });

  it('reads every parameter, names in any case, blanks as plus', () => {
    assert.deepEqual(
      read(
        'FILTER=userName+eq+%22a%22&startindex=0&Count=2&sortby=title&SortOrder=Descending&cursor=&attributes=userName,%20emails[type+eq+%22a,b%22],&excludedattributes=x',
      ),
      {
        filter: 'userName eq "a"',
        startIndex: 1,
        count: 2,
        cursor: '',
        sortBy: 'title',
        sortOrder: 'descending',
        attributes: ['userName', 'emails[type eq "a,b"]'],
        excludedAttributes: ['x'],
      },
    );
  });

  it('keeps an empty filter, which parsing refuses, and takes the first of two', () => {
    assert.deepEqual(read('filter='), { filter: '', startIndex: 1, count: 100, sortOrder: 'ascending' });
    assert.deepEqual(read('count=1&count=2'), { startIndex: 1, count: 1, sortOrder: 'ascending' });
  });

  it('counts a negative count as 0, a start below 1 as 1, and keeps to the maximum', () => {
    const cases: readonly (readonly [string, number, number])[] = [
      ['count=-4', 1, 0],
      ['startIndex=-7&count=0', 1, 0],
      ['startIndex=6&count=99999999999999999999999', 6, 500],
      ['startIndex=+3', 3, 100],
    ];
    for (const [query, startIndex, count] of cases) {
      const given = readQuery(new Map([...new URLSearchParams(query.replace('+', '%2B'))]), limits);
      assert.deepEqual([given.startIndex, given.count], [startIndex, count]);
    }
  });

  for (const query of [
    'count=ten',
    'count=1.5',
    'startIndex=',
    'startIndex=-',
    'count=1e3',
    'count=0x10',
    'sortOrder=up',
  ]) {
    it(`refuses ${query}, naming the parameter`, () => {
      assert.throws(() => read(query), { code: 'invalidValue', message: new RegExp(`^${query.split('=')[0]} `) });
    });
  }
});

describe('readSearchRequest', () => {
  const options = { limits };

  it('reads the same query from a body', () => {
    const body = {
      schemas: [SEARCH_REQUEST_SCHEMA],
      Filter: 'title pr',
      STARTINDEX: 3,
      count: 5,
      sortBy: 'id',
      attributes: ['userName', 'id'],
      cursor: '',
    };
    assert.deepEqual(readSearchRequest(body, options), {
      filter: 'title pr',
      startIndex: 3,
      count: 5,
      cursor: '',
      sortBy: 'id',
      sortOrder: 'ascending',
      attributes: ['userName', 'id'],
    });
  });

  it('asks for the schema unless the dialect does not', () => {
    assert.throws(() => readSearchRequest({}, options), { code: 'invalidSyntax' });
    assert.deepEqual(readSearchRequest({}, { ...options, accepts: lenientDialect }), {
      startIndex: 1,
      count: 100,
      sortOrder: 'ascending',
    });
  });

  it('refuses members of the wrong type', () => {
    const schemas = [SEARCH_REQUEST_SCHEMA];
    for (const wrong of [
      { filter: 5 },
      { count: 1.5 },
      { count: {} },
      { attributes: {} },
      { attributes: [1] },
      { sortBy: [] },
    ]) {
      assert.throws(() => readSearchRequest({ schemas, ...wrong }, options), { code: 'invalidValue' });
    }
    assert.throws(() => readSearchRequest([], options), { code: 'invalidSyntax' });
  });
});

describe('listResponse', () => {
  it('says the same as text and as value', () => {
    const pages = [
      { totalResults: 5, startIndex: 2 },
      { totalResults: 5, nextCursor: 'n', previousCursor: 'p' },
    ];
    for (const page of pages) {
      for (const resources of [[], [{ id: '1' }, { id: '2' }]]) {
        const text = listResponseText(
          page,
          resources.map((resource) => JSON.stringify(resource)),
        );
        assert.equal(text, JSON.stringify(listResponse(page, resources)));
      }
    }
    assert.deepEqual(listResponse({ totalResults: 9, startIndex: 1 }, [{ id: '1' }]), {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 9,
      itemsPerPage: 1,
      startIndex: 1,
      Resources: [{ id: '1' }],
    });
  });
});

describe('entity tags', () => {
  it('are weak', () => assert.equal(entityTag(3), 'W/"3"'));

  it('are read from lists, with commas inside quotes', () => {
    assert.deepEqual(parseEntityTags('W/"3", "a,b" ,W/"",4,'), ['3', 'a,b', '', '4']);
    assert.equal(parseEntityTags(' * '), '*');
    assert.deepEqual(parseEntityTags(''), []);
  });

  it('compare weakly', () => {
    assert.equal(passesIfMatch('W/"2", "3"', 'W/"3"'), true);
    assert.equal(passesIfMatch('W/"stale"', 'W/"3"'), false);
    assert.equal(passesIfMatch('*', 'W/"3"'), true);
    assert.equal(passesIfMatch(null, 'W/"3"'), true);
    assert.equal(passesIfMatch('', 'W/"3"'), false);
    assert.equal(passesIfNoneMatch('W/"3"', 'W/"3"'), false);
    assert.equal(passesIfNoneMatch('W/"2"', 'W/"3"'), true);
    assert.equal(passesIfNoneMatch('*', 'W/"3"'), false);
    assert.equal(passesIfNoneMatch(undefined, 'W/"3"'), true);
  });

  it('are read from any header without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (header) => assert.ok(Array.isArray(parseEntityTags(header)) || header.includes('*'))),
    );
  });
});
