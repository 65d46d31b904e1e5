import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lenientDialect } from '../dialect/lenient.ts';
import { strictDialect } from '../dialect/strict.ts';
import { ScimError } from '../error.ts';
import type { Json } from '../json.ts';
import { bulkIdsIn, resolveBulkIds, splitLateReferences } from './bulk-references.ts';
import { type BulkStep, orderBulk } from './order-bulk.ts';
import { BULK_REQUEST_SCHEMA, type BulkEntry, readBulkRequest } from './read-bulk.ts';

const schemas = [BULK_REQUEST_SCHEMA];
const remove = { method: 'DELETE', path: '/Users/1' };
const strict = { accepts: strictDialect, operationsMax: 3 };

function post(bulkId: string, ...refers: readonly string[]): BulkEntry {
  const members = refers.map((one) => ({ value: `bulkId:${one}` }));
  return { kind: 'operation', operation: { method: 'POST', path: '/Groups', bulkId, data: { members } } };
}

describe('reading a bulk request', () => {
  it('takes operations in their order', () => {
    const data = { userName: 'eva' };
    const body = {
      schemas,
      failOnErrors: 2,
      Operations: [
        { method: 'POST', path: '/Users', bulkId: 'a', data },
        { ...remove, version: 'W/"1"' },
      ],
    };
    assert.deepEqual(readBulkRequest(body, strict), {
      failOnErrors: 2,
      entries: [
        { kind: 'operation', operation: { method: 'POST', path: '/Users', bulkId: 'a', data } },
        { kind: 'operation', operation: { ...remove, version: 'W/"1"' } },
      ],
    });
  });

  for (const [what, body, code] of [
    ['a body that is no object', [], 'invalidSyntax'],
    ['missing schemas', { Operations: [remove] }, 'invalidSyntax'],
    ['another schema', { schemas: ['urn:x:y'], Operations: [remove] }, 'invalidSyntax'],
    ['no operations', { schemas, Operations: [] }, 'invalidSyntax'],
    ['operations that are no list', { schemas, Operations: remove }, 'invalidSyntax'],
    ['more operations than allowed', { schemas, Operations: Array(4).fill(remove) }, 'payloadTooLarge'],
    ['failOnErrors below 1', { schemas, failOnErrors: 0, Operations: [remove] }, 'invalidValue'],
    ['failOnErrors as text', { schemas, failOnErrors: '1', Operations: [remove] }, 'invalidValue'],
    [
      'a bulkId given twice',
      { schemas, Operations: [1, 2].map(() => ({ method: 'POST', path: '/Users', bulkId: 'a', data: {} })) },
      'invalidValue',
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => readBulkRequest(body, strict),
        (error) => error instanceof ScimError && error.code === code,
      );
    });
  }

  it('takes missing schemas and methods in any case from a lenient tenant, and notes them', () => {
    const noted: string[] = [];
    const options = { accepts: lenientDialect, note: (rule: string) => noted.push(rule), operationsMax: 1 };
    const { entries } = readBulkRequest({ operations: [{ method: 'delete', path: '/Users/1' }] }, options);
    assert.deepEqual(entries, [{ kind: 'operation', operation: remove }]);
    assert.deepEqual(noted, ['missingSchemas', 'operationInAnyCase']);
  });

  for (const [what, operation] of [
    ['no object', 'x'],
    ['an unknown method', { method: 'GET', path: '/Users' }],
    ['a method in lower case', { method: 'delete', path: '/Users/1' }],
    ['no path', { method: 'DELETE' }],
    ['a POST without bulkId', { method: 'POST', path: '/Users', data: {} }],
    ['a PUT without data', { method: 'PUT', path: '/Users/1' }],
  ] as const) {
    it(`makes ${what} that operation's own failure`, () => {
      const { entries } = readBulkRequest({ schemas, Operations: [operation, remove] }, strict);
      assert.deepEqual(
        entries.map((entry) => (entry.kind === 'broken' ? entry.broken.error.code : entry.kind)),
        ['invalidSyntax', 'operation'],
      );
    });
  }
});

describe('references of a bulk request', () => {
  it('are found and replaced wherever a value stands', () => {
    const data = { manager: 'bulkId:m', members: [{ value: 'bulkId:a' }, { value: '7' }], [`note`]: 'not bulkId:x' };
    assert.deepEqual(bulkIdsIn(data), ['m', 'a']);
    assert.deepEqual(
      resolveBulkIds(data, (bulkId) => `id of ${bulkId}`),
      {
        manager: 'id of m',
        members: [{ value: 'id of a' }, { value: '7' }],
        note: 'not bulkId:x',
      },
    );
  });

  it('are not looked for in the depths of a hostile body', () => {
    let deep: Json = 'bulkId:a';
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    assert.deepEqual(bulkIdsIn(deep), []);
    assert.equal(typeof resolveBulkIds(deep, () => ''), 'object');
  });

  it('never reach the prototype of an object', () => {
    const data: Json = JSON.parse('{"__proto__":{"value":"bulkId:a"}}');
    const resolved = resolveBulkIds(data, () => 'x');
    assert.equal(JSON.stringify(resolved), '{"__proto__":{"value":"x"}}');
  });

  it('that are late are taken out: elements of lists, single values, attributes of extensions', () => {
    const late = { value: 'bulkId:late' };
    const resource = {
      displayName: 'A',
      members: [{ value: 'bulkId:ready' }, late],
      owner: late,
      'urn:x:y': { manager: late, department: 'Sales' },
      'urn:x:z': { manager: late },
    };
    assert.deepEqual(
      splitLateReferences(resource, (bulkId) => bulkId === 'late'),
      {
        now: { displayName: 'A', members: [{ value: 'bulkId:ready' }], 'urn:x:y': { department: 'Sales' } },
        later: { members: [late], owner: late, 'urn:x:y': { manager: late }, 'urn:x:z': { manager: late } },
      },
    );
  });
});

describe('the order of a bulk request', () => {
  const told = (steps: readonly BulkStep[]): readonly string[] =>
    steps.map((step) => (step.do === 'run' ? [step.index, ...step.late].join(' without ') : `complete ${step.index}`));

  it('is that of the request when nothing refers ahead', () => {
    assert.deepEqual(told(orderBulk([post('a'), post('b', 'a'), post('c')])), ['0', '1', '2']);
  });

  it('brings forward what is referred to, however long the chain', () => {
    assert.deepEqual(told(orderBulk([post('a', 'b'), post('b', 'c'), post('c')])), ['2', '1', '0']);
  });

  it('completes an operation when its circle exists', () => {
    assert.deepEqual(told(orderBulk([post('a', 'b'), post('b', 'a'), post('c')])), [
      '1 without a',
      '0',
      'complete 1',
      '2',
    ]);
    assert.deepEqual(told(orderBulk([post('a', 'a')])), ['0 without a', 'complete 0']);
  });

  it('sees references in paths, and leaves those to nothing alone', () => {
    const change: BulkEntry = { kind: 'operation', operation: { method: 'DELETE', path: '/Groups/bulkId:b?x=1' } };
    assert.deepEqual(told(orderBulk([change, post('a', 'nobody'), post('b')])), ['2', '0', '1']);
  });

  it('runs every operation once, behind all it refers to but what is late, and completes each late one at last', () => {
    const graph = fc.array(fc.array(fc.nat({ max: 9 }), { maxLength: 4 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(graph, (edges) => {
        const entries = edges.map((refers, index) => post(String(index), ...refers.map(String)));
        const done = new Set<string>();
        const completed: number[] = [];
        const open: number[] = [];
        for (const step of orderBulk(entries)) {
          const refers = (edges[step.index] ?? []).map(String).filter((one) => Number(one) < edges.length);
          if (step.do === 'complete') {
            assert.ok(refers.every((one) => done.has(one)));
            completed.push(step.index);
            continue;
          }
          assert.ok(refers.every((one) => done.has(one) || step.late.has(one)));
          assert.ok([...step.late].every((one) => !done.has(one)));
          assert.ok(!done.has(String(step.index)));
          done.add(String(step.index));
          if (step.late.size > 0) open.push(step.index);
        }
        assert.equal(done.size, edges.length);
        assert.deepEqual(completed.toSorted(), open.toSorted());
      }),
    );
  });
});
