import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  isRequestFiltered,
  requestFilterOf,
  requestQueryOf,
  senderOf,
  statusTone,
  withRequestFilter,
} from './request-search.ts';

describe('the filters of the log of requests', () => {
  it('are kept apart from the tab, the place in the list and the drawer', () => {
    const search = { tab: 'requests', after: '90', row: '95', search: 'users', status: '4xx' } as const;
    assert.deepEqual(requestFilterOf(search), { search: 'users', status: '4xx' });
    assert.equal(isRequestFiltered({ ...search, search: undefined, status: undefined } as object), false);
  });

  it('begin the list anew when one is set or dropped', () => {
    const search = { search: 'users', after: '90', row: '95' };
    assert.deepEqual(withRequestFilter(search, 'status', '5xx'), { search: 'users', status: '5xx' });
    assert.deepEqual(withRequestFilter(search, 'search', ' '), {});
    assert.deepEqual(withRequestFilter(search, 'search', undefined), {});
  });

  it('go to the API as it takes them', () => {
    assert.deepEqual(requestQueryOf({ deviation: 'any', from: 'x' }), { deviating: 'true', from: 'x' });
    assert.deepEqual(requestQueryOf({ deviation: 'dottedKey' }), { deviation: 'dottedKey' });
    assert.deepEqual(requestQueryOf({}), {});
  });
});

describe('a request in the list', () => {
  it('is named by product, else by what the client calls itself, else by its token', () => {
    assert.equal(senderOf({ client: 'Okta', userAgent: 'Okta SCIM', tokenLabel: 't' }), 'Okta');
    assert.equal(senderOf({ client: null, userAgent: 'own/1', tokenLabel: 't' }), 'own/1');
    assert.equal(senderOf({ client: null, userAgent: null, tokenLabel: 't' }), 't');
    assert.equal(senderOf({ client: null, userAgent: null, tokenLabel: null }), '');
  });

  it('warns of refusals and alarms of failures of the server', () => {
    assert.deepEqual([200, 304, 404, 500].map(statusTone), ['success', 'neutral', 'warning', 'danger']);
  });
});
