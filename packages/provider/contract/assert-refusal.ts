import assert from 'node:assert/strict';
import { ERROR_SCHEMA } from '@lockstep/scim';
import type { TestAnswer } from './open-test-provider.ts';

/** Asserts that an answer is a refusal as RFC 7644 §3.12 asks for: status twice, schema, a text for people. */
export function assertRefusal(answer: TestAnswer, status: number, detail?: string | RegExp): void {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.headers['content-type'], 'application/scim+json');
  assert.deepEqual(answer.json['schemas'], [ERROR_SCHEMA]);
  assert.equal(answer.json['status'], String(status));
  const text = answer.json['detail'];
  assert.ok(typeof text === 'string' && text.length > 0);
  if (typeof detail === 'string') assert.equal(text, detail);
  if (detail instanceof RegExp) assert.match(text, detail);
}
