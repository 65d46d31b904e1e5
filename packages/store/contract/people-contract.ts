import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { rows } from '../src/database/operation.ts';
import { type StoredConnection, type StoredSession, UniqueViolation } from '../src/index.ts';
import { T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

/** People of the console, sessions, and the sign-in of tenants. */
export function peopleContract(open: OpenStore): void {
  personContract(open);
  firstOwnerContract(open);
  sessionContract(open);
  signInContract(open);
}

function personContract(open: OpenStore): void {
  describe('people', () => {
    const store = storeForSuite(open);
    const person = (name: string, role: string) =>
      ({ id: randomUUID(), name, role, password: null, createdMs: T0, passwordMs: null }) as const;

    it('have a name of their own, and the last owner stays, also when two go at once', async () => {
      const { people } = store();
      const [ada, bob] = [person('Ada', 'owner'), person('Bob', 'owner')];
      const taken = (): Error => new Error('taken');
      await people.addPerson(ada, 'ada', taken);
      await people.addPerson(bob, 'bob', taken);
      await assert.rejects(people.addPerson(person('ADA', 'auditor'), 'ada', taken), /taken/);
      assert.deepEqual(await people.findPerson({ nameKey: 'ada' }), ada);
      const gone = await Promise.all([people.removePerson(ada.id), people.removePerson(bob.id)]);
      assert.deepEqual(gone.toSorted(), [false, true]);
      const [left] = await people.listPeople();
      assert.equal(await people.changePerson(left?.id ?? '', { role: 'auditor' }), false);
      assert.equal(await people.changePerson(left?.id ?? '', { password: 'hash', passwordMs: T0 + 1 }), true);
      assert.deepEqual(await people.listPeople(), [{ ...left, password: 'hash', passwordMs: T0 + 1 }]);
    });

    it('have keys that are revoked once, and attempts that count up', async () => {
      const { people } = store();
      const id = randomUUID();
      const times = { createdMs: T0, expiresMs: null, revokedMs: null, lastUsedMs: null };
      const key = { id, hash: 'h', label: 'l', role: 'auditor', scopes: ['read'], createdBy: 'x', ...times };
      await people.addKey(key);
      assert.deepEqual(await people.findKey(id), key);
      assert.deepEqual([await people.revokeKey(id, T0 + 1), await people.revokeKey(id, T0 + 2)], [true, false]);
      const attempts = { failures: 1, lastMs: T0, blockedUntilMs: 0 };
      await Promise.all([1, 2, 3].map(() => people.saveAttempts(id, attempts)));
      assert.deepEqual(await people.attempts(id), { ...attempts, failures: 3 });
      await people.clearAttempts(id);
      assert.equal(await people.attempts(id), undefined);
    });
  });
}

function firstOwnerContract(open: OpenStore): void {
  describe('the first owner', () => {
    const store = storeForSuite(open);
    const owner = (name: string) =>
      ({ id: randomUUID(), name, role: 'owner', password: 'p', createdMs: T0, passwordMs: T0 }) as const;
    const refused = (why: string): Error => new Error(`refused: ${why}`);
    const add = (name: string): Promise<string> =>
      store()
        .people.addFirstOwner(owner(name), name, refused)
        .then(
          () => 'made',
          (error: unknown) => (error instanceof Error ? error.message : 'unknown'),
        );

    it('keeps the place free when the name is taken', async () => {
      const { people } = store();
      await people.addPerson({ ...owner('Ann'), role: 'auditor' }, 'ann', () => new Error('taken'));
      assert.equal(await add('ann'), 'refused: name');
      assert.equal(await people.hasOwner(), false);
    });

    it('is one, of many who try at once', async () => {
      const { people } = store();
      const told = await Promise.all(Array.from({ length: 12 }, (_, at) => add(`owner ${at}`)));
      assert.deepEqual(told.toSorted(), ['made', ...Array.from({ length: 11 }, () => 'refused: owner')]);
      const owners = (await people.listPeople()).filter(({ role }) => role === 'owner');
      assert.equal(owners.length, 1);
      assert.equal(await people.hasOwner(), true);
      assert.equal(await add('late'), 'refused: owner');
    });

    it('is kept one by the database itself, whoever writes', async () => {
      const { database } = store();
      const again = database.write(() =>
        rows('insert into first_owner (one, person_id, made_ms) select 1, id, 0 from person limit 1'),
      );
      await assert.rejects(again, UniqueViolation);
      const second = database.write(() =>
        rows('insert into first_owner (one, person_id, made_ms) select 2, id, 0 from person limit 1'),
      );
      await assert.rejects(second);
    });
  });
}

function sessionContract(open: OpenStore): void {
  describe('sessions', () => {
    const store = storeForSuite(open);
    const session = (change: Partial<StoredSession>): StoredSession => {
      const times = { createdMs: T0, seenMs: T0, endsMs: T0 + 100_000, feedEntry: 0 };
      const who = { kind: 'portal', tenantId: 't', subject: 'a', method: 'oidc', roles: ['R'] } as const;
      return { hash: randomUUID(), id: randomUUID(), ...who, ...times, address: '', agent: '', ...change };
    };

    it('end by owner, by entry of the feed, and by time', async () => {
      const { sessions } = store();
      const [early, late] = [session({ feedEntry: 3 }), session({ feedEntry: 8 })];
      const [other, console] = [session({ subject: 'b' }), session({ kind: 'portal', tenantId: 'u' })];
      for (const one of [early, late, other, console]) await sessions.add(one);
      assert.deepEqual(await sessions.find(early.hash), early);
      const watched = [...(await sessions.watched())].toSorted((a, b) => a.tenantId.localeCompare(b.tenantId));
      assert.deepEqual(
        watched.map((one) => [one.tenantId, one.fromEntry]),
        [
          ['t', 0],
          ['u', 0],
        ],
      );
      assert.equal(await sessions.endBefore('t', 'a', 8), 1);
      assert.equal(await sessions.find(early.hash), undefined);
      assert.equal(await sessions.end(late.id, { kind: 'portal', tenantId: 'u' }), false);
      assert.equal(await sessions.endAll({ kind: 'portal', tenantId: 't' }, late.hash), 1);
      await sessions.touch(late.hash, T0 + 50);
      await sessions.prune(T0 + 60, 30);
      assert.deepEqual(await sessions.list({ kind: 'portal' }), [{ ...late, seenMs: T0 + 50 }]);
      await sessions.add(session({ method: 'password' }));
      assert.equal(await sessions.endByMethod('u', ['password', 'oidc']), 0);
      assert.equal(await sessions.endByMethod('t', ['saml', 'oidc', 'none']), 1);
      assert.deepEqual(
        (await sessions.list({ kind: 'portal' })).map((one) => one.method),
        ['password'],
      );
    });
  });
}

function signInContract(open: OpenStore): void {
  describe('the sign-in of tenants', () => {
    const store = storeForSuite(open);
    const connection: StoredConnection = {
      tenantId: 't',
      protocol: 'oidc',
      state: 'test',
      settings: { issuer: 'https://x' },
      secret: 'sealed',
      secretExpiresMs: null,
      revision: 'r1',
      testedRevision: null,
      testedMs: null,
    };

    it('notes a test for the revision that was tested alone', async () => {
      const { signIn } = store();
      await signIn.saveConnection(connection);
      assert.equal(await signIn.noteTested('t', 'r0', T0), false);
      assert.equal(await signIn.noteTested('t', 'r1', T0), true);
      assert.deepEqual(await signIn.connections(), [{ ...connection, testedRevision: 'r1', testedMs: T0 }]);
      await signIn.saveConnection({ ...connection, revision: 'r2' });
      assert.equal((await signIn.connection('t'))?.testedRevision, null);
      assert.deepEqual([await signIn.removeConnection('t'), await signIn.removeConnection('t')], [true, false]);
    });

    it('gives a value once, of many who try at once to one', async () => {
      const { signIn } = store();
      const value = { kind: 'oidcState', hash: 'h', detail: { a: 1 }, expiresMs: T0 + 10 };
      assert.deepEqual([await signIn.addOnce(value), await signIn.addOnce(value)], [true, false]);
      assert.equal(await signIn.takeOnce('oidcState', 'h', T0 + 10), undefined);
      const tries = await Promise.all(Array.from({ length: 10 }, () => signIn.takeOnce('oidcState', 'h', T0)));
      assert.deepEqual(
        tries.filter((one) => one !== undefined),
        [{ a: 1 }],
      );
    });

    it('pins an account to one person, and a person to one account', async () => {
      const { signIn } = store();
      const pin = { tenantId: 't', subject: 's', accountId: 'a', linkedMs: T0, linkedBy: 'email' };
      const taken = (): Error => new Error('taken');
      await signIn.addPin(pin, taken);
      await assert.rejects(signIn.addPin({ ...pin, subject: 'other' }, taken), /taken/);
      await assert.rejects(signIn.addPin({ ...pin, accountId: 'b' }, taken), /taken/);
      assert.deepEqual(await signIn.pin('t', 's'), pin);
    });

    it('finds living accounts by id, externalId and e-mail, and never one that is protected', async () => {
      const { signIn, realms, directoryRealm: realm } = store();
      const keys = { uniqueName: null, isExternalIdUnique: false, display: null, isActive: true };
      const add = (id: string, isProtected: boolean) =>
        realms.insert(realm, {
          id,
          type: 'User',
          text: '{}',
          isManaged: true,
          isProtected,
          nowMs: T0,
          keys: { ...keys, externalId: 'x', values: [{ path: 'emails.value', value: 'e@x', isUnique: false }] },
        });
      const [open, hidden] = [randomUUID(), randomUUID()];
      await add(open, false);
      await add(hidden, true);
      const found = [{ id: open, isActive: true, text: '{}' }];
      assert.deepEqual(await signIn.findAccounts(realm, { externalId: 'x' }), found);
      assert.deepEqual(await signIn.findAccounts(realm, { email: 'e@x' }), found);
      assert.deepEqual(await signIn.findAccounts(realm, { id: open }), found);
      assert.deepEqual(await signIn.findAccounts(realm, { id: hidden }), []);
    });
  });
}
