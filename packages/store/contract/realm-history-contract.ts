import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RealmKey, UpdateOutcome } from '@lockstep/provider/ports';
import { ScimError } from '@lockstep/scim';
import fc from 'fast-check';
import type { Store } from '../src/open-store.ts';
import { applyNaively, emptyNaiveRealm, type NaiveRealm, type Step, type StepOutcome } from './naive-realm.ts';
import { emptyRealm, groupQuery, namesOf, newGroup, T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd');
const name = fc.constantFrom('one', 'two', 'three');
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('insert' as const), id, name }),
  fc.record({ do: fc.constant('rename' as const), id, name }),
  fc.record({ do: fc.constant('remove' as const), id }),
  fc.record({ do: fc.constant('restore' as const), id }),
  fc.record({ do: fc.constant('addMember' as const), id, member: id }),
  fc.record({ do: fc.constant('removeMember' as const), id, member: id }),
);

/** Histories of random steps, checked against a model; several tenants at once, whose histories must not touch. */
export function realmHistoryContract(open: OpenStore, runs = 40): void {
  describe('histories of realms', () => {
    const store = storeForSuite(open);

    it('answer and end like the naive model, each tenant for itself, however they interleave', async () => {
      const histories = fc.array(fc.array(anyStep, { maxLength: 40 }), { minLength: 1, maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(histories, async (tenants) => {
          await Promise.all(tenants.map((steps) => replay(store(), steps)));
        }),
        { numRuns: runs },
      );
    });

    it('of parallel steps end in a state that the feed tells exactly', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyStep, { maxLength: 60 }), async (steps) => {
          const realm = await emptyRealm(store());
          await Promise.all(steps.map((step) => take(store(), realm, step)));
          assert.deepEqual(await stateByFeed(store(), realm), await stateOf(store(), realm));
        }),
        { numRuns: runs },
      );
    });
  });
}

/** One tenant's history, step by step: each answer and the state at the end have to be the model's. */
async function replay(store: Store, steps: readonly Step[]): Promise<void> {
  const realm = await emptyRealm(store);
  const model = emptyNaiveRealm();
  for (const step of steps) {
    const expected = applyNaively(model, step);
    assert.equal(await take(store, realm, step), expected, JSON.stringify(step));
  }
  assert.deepEqual(await stateOf(store, realm), stateOfModel(model));
  assert.deepEqual(await stateByFeed(store, realm), await stateOf(store, realm));
  assert.equal(await store.realms.count(realm, 'Group'), model.living.size);
}

async function take(store: Store, realm: RealmKey, step: Step): Promise<StepOutcome> {
  try {
    return await takeOrThrow(store, realm, step);
  } catch (error) {
    if (error instanceof ScimError && (error.code === 'uniqueness' || error.code === 'invalidValue')) return error.code;
    throw error;
  }
}

async function takeOrThrow(store: Store, realm: RealmKey, step: Step): Promise<StepOutcome> {
  const target = { type: 'Group', id: step.id };
  switch (step.do) {
    case 'insert':
      await store.realms.insert(realm, newGroup(step.name, { id: step.id }));
      return 'done';
    case 'rename': {
      const { text, keys } = newGroup(step.name, { id: step.id });
      return outcomeOf(await store.realms.update(realm, target, () => ({ text, keys, nowMs: T0 })));
    }
    case 'remove':
      return (await store.realms.remove(realm, target, T0)) ? 'done' : 'absent';
    case 'restore':
      return (await store.realms.restore(realm, target, T0)) === undefined ? 'absent' : 'done';
    default: {
      const change = { do: step.do === 'addMember' ? 'add' : 'remove', ids: [step.member] } as const;
      return outcomeOf(await store.realms.update(realm, target, () => ({ members: [change], nowMs: T0 })));
    }
  }
}

function outcomeOf(outcome: UpdateOutcome | undefined): StepOutcome {
  if (outcome === undefined) return 'absent';
  return outcome.isChanged ? 'done' : 'same';
}

interface RealmState {
  readonly [id: string]: { readonly name: string; readonly version: number; readonly members: readonly string[] };
}

async function stateOf(store: Store, realm: RealmKey): Promise<RealmState> {
  const page = await store.realms.query(realm, groupQuery(undefined, { include: { members: true, groups: true } }));
  const names = namesOf(page);
  const found = page.resources.map((one, at) => {
    const members = (one.members ?? []).map((member) => member.id).toSorted();
    return [one.id, { name: names[at] ?? '', version: one.version, members }] as const;
  });
  for (const one of page.resources) assertGroupsMirrorMembers(one.id, one.groups ?? [], found);
  return Object.fromEntries(found);
}

function assertGroupsMirrorMembers(
  member: string,
  groups: readonly { readonly id: string }[],
  all: readonly (readonly [string, { readonly members: readonly string[] }])[],
): void {
  const holders = all.filter(([, group]) => group.members.includes(member)).map(([groupId]) => groupId);
  assert.deepEqual(groups.map((group) => group.id).toSorted(), holders.toSorted());
}

function stateOfModel(model: NaiveRealm): RealmState {
  const entries = [...model.living].map(([key, one]) => {
    return [key, { name: one.name, version: one.version, members: [...one.members].toSorted() }] as const;
  });
  return Object.fromEntries(entries);
}

/** Who lives and who is a member of whom, told by the feed alone; names and versions are not in it. */
async function stateByFeed(store: Store, realm: RealmKey): Promise<RealmState> {
  const living = new Map<string, Set<string>>();
  const entries = await store.realms.feed(realm, 0, 100_000);
  for (const [at, entry] of entries.entries()) {
    assert.equal(entry.entry, at + 1);
    const members = living.get(entry.resourceId);
    if (entry.kind === 'created' || entry.kind === 'restored') living.set(entry.resourceId, new Set());
    if (entry.kind === 'deleted') living.delete(entry.resourceId);
    if (entry.kind === 'memberAdded') members?.add(entry.otherId ?? '');
    if (entry.kind === 'memberRemoved') members?.delete(entry.otherId ?? '');
  }
  const state = await stateOf(store, realm);
  return Object.fromEntries(
    [...living].map(([key, members]) => {
      const { name: known = '', version = 0 } = state[key] ?? {};
      return [key, { name: known, version, members: [...members].toSorted() }];
    }),
  );
}
