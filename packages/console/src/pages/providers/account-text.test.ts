import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayRemove, nameOf, originOf } from './account-text.ts';

describe('an account of a provider', () => {
  it('is led by the directory, only linked with it, or the app’s own', () => {
    assert.equal(originOf({ isLed: true, isManaged: true }), 'led');
    assert.equal(originOf({ isLed: false, isManaged: true }), 'linked');
    assert.equal(originOf({ isLed: false, isManaged: false }), 'own');
  });

  it('is named by its display name, else by the parts of its name', () => {
    assert.equal(nameOf({ resource: { displayName: 'Eva Lind', name: { givenName: 'E' } } }), 'Eva Lind');
    assert.equal(nameOf({ resource: { displayName: '', name: { givenName: 'Eva', familyName: 'Lind' } } }), 'Eva Lind');
    assert.equal(nameOf({ resource: { name: { familyName: 'Lind', formatted: 'x' } } }), 'Lind');
    assert.equal(nameOf({ resource: { name: 'Lind' } }), '');
    assert.equal(nameOf({ resource: {} }), '');
  });

  it('may be removed here unless it is active and the directory leads it', () => {
    assert.equal(mayRemove({ isActive: true, isLed: true }), false);
    assert.equal(mayRemove({ isActive: false, isLed: true }), true);
    assert.equal(mayRemove({ isActive: true, isLed: false }), true);
  });
});
