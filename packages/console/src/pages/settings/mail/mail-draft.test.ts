import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeOf, faultsOf, needsPassword, toDraft, withSecurity } from './mail-draft.ts';

const stored = { source: { kind: 'stored', name: null }, changedAt: null, changedBy: null } as const;
const unset = { ...stored, source: { kind: 'default', name: null } } as const;
const fixed = { ...stored, source: { kind: 'environment', name: 'X' } } as const;

const nothing = {
  mailServer: { value: null, ...unset },
  mailFrom: { value: null, ...unset },
  mailTo: { value: [], ...unset },
};
const server = { host: 'mail.x', port: 587, security: 'starttls', user: 'ops', hasPassword: true } as const;
const known = {
  mailServer: { value: server, ...stored },
  mailFrom: { value: 'lockstep@mail.x', ...unset },
  mailTo: { value: ['a@x'], ...stored },
};

test('what is the same is not sent, and a sender that nobody set stays unset', () => {
  assert.deepEqual(changeOf(toDraft(known), known), {});
  assert.equal(toDraft(known).from, '');
  assert.deepEqual(changeOf(toDraft(nothing), nothing), {});
});

test('an empty host takes the mail server away, and other fields are sent as they were typed', () => {
  const draft = toDraft(known);
  assert.deepEqual(changeOf({ ...draft, host: ' ' }, known), { mailServer: null });
  assert.deepEqual(changeOf({ ...draft, from: ' b@x ', to: 'a@x\n\nc@x, d@x' }, known), {
    mailFrom: 'b@x',
    mailTo: ['a@x', 'c@x', 'd@x'],
  });
  assert.deepEqual(changeOf({ ...draft, to: '' }, known), { mailTo: null });
  assert.deepEqual(changeOf({ ...draft, password: 'new' }, known), {
    mailServer: { host: 'mail.x', port: 587, security: 'starttls', user: 'ops', password: 'new' },
  });
});

test('a stored password stays for the very same server and user alone', () => {
  const draft = toDraft(known);
  assert.equal(needsPassword(draft, known), false);
  assert.equal(needsPassword({ ...draft, security: 'tls' }, known), false);
  for (const other of [{ host: 'other.x' }, { port: '25' }, { user: 'eva' }, { security: 'whenOffered' } as const]) {
    assert.equal(needsPassword({ ...draft, ...other }, known), true);
  }
  assert.equal(needsPassword({ ...draft, user: '' }, known), false);
  assert.deepEqual([...faultsOf({ ...draft, user: 'eva' }, known)], ['password']);
});

test('faults are told at their field, and a password is not sent without TLS to another machine', () => {
  const draft = { ...toDraft(known), host: 'a b', port: '0', security: 'whenOffered', from: 'x', to: 'y' } as const;
  assert.deepEqual([...faultsOf(draft, known)], ['host', 'port', 'security', 'password', 'from', 'to']);
  const here = { ...toDraft(known), host: '127.0.0.1', security: 'whenOffered', password: 'p' } as const;
  assert.equal(faultsOf(here, known).size, 0);
  assert.equal(faultsOf({ ...toDraft(nothing), port: 'x' }, nothing).size, 0, 'without a host nothing of it is sent');
});

test('what is fixed from outside is neither judged nor sent', () => {
  const outside = { ...known, mailServer: { value: server, ...fixed }, mailTo: { value: ['a@x'], ...fixed } };
  const draft = { ...toDraft(outside), host: 'a b', to: 'b@x' };
  assert.equal(faultsOf(draft, outside).size, 0);
  assert.deepEqual(changeOf(draft, outside), {});
});

test('another way of TLS brings its usual port, unless another was typed', () => {
  const draft = toDraft(nothing);
  assert.equal(withSecurity(draft, 'tls').port, '465');
  assert.equal(withSecurity({ ...draft, port: '2525' }, 'tls').port, '2525');
});
