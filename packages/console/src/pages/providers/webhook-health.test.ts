import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { healthOf, isEndpointUrl } from './webhook-health.ts';

describe('an endpoint of events', () => {
  it('is well until the next event has failed, and then tells when it is tried again', () => {
    assert.deepEqual(healthOf({ isOn: true, attempts: 0, nextAttemptAt: null, lastError: 'old' }), { is: 'well' });
    assert.deepEqual(
      healthOf({ isOn: true, attempts: 2, nextAttemptAt: '2026-01-01T00:00:00Z', lastError: 'HTTP 500' }),
      {
        is: 'retrying',
        attempts: 2,
        nextAt: '2026-01-01T00:00:00Z',
        error: 'HTTP 500',
      },
    );
  });

  it('is off whatever has failed before', () => {
    const failed = { attempts: 2, nextAttemptAt: '2026-01-01T00:00:00Z', lastError: 'HTTP 500' };
    assert.deepEqual(healthOf({ ...failed, isOn: false }), { is: 'off' });
  });

  it('has an http or https address without credentials', () => {
    assert.equal(isEndpointUrl(' https://hooks.example/a '), true);
    assert.equal(isEndpointUrl('hooks.example'), false);
    assert.equal(isEndpointUrl('ftp://hooks.example'), false);
    assert.equal(isEndpointUrl('https://eva:secret@hooks.example'), false);
  });
});
