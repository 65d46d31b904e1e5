/** The simplest thing that could be a realm: two maps and no databases. Names are ids, and each holds one value. */
export interface NaiveRealm {
  readonly living: Map<string, { readonly name: string; readonly members: Set<string>; version: number }>;
  readonly tombstones: Map<string, { readonly name: string; readonly version: number }>;
}

/** One step of a history. Users and groups share one kind here: anybody can have members. */
export type Step =
  | { readonly do: 'insert'; readonly id: string; readonly name: string }
  | { readonly do: 'rename'; readonly id: string; readonly name: string }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'restore'; readonly id: string }
  | { readonly do: 'addMember'; readonly id: string; readonly member: string }
  | { readonly do: 'removeMember'; readonly id: string; readonly member: string };

/** What a step comes to: done, nothing to do, or refused. */
export type StepOutcome = 'done' | 'same' | 'absent' | 'uniqueness' | 'invalidValue';

export function emptyNaiveRealm(): NaiveRealm {
  return { living: new Map(), tombstones: new Map() };
}

/** Applies a step to the model and says what a store has to answer. */
export function applyNaively(realm: NaiveRealm, step: Step): StepOutcome {
  switch (step.do) {
    case 'insert':
      return insert(realm, step);
    case 'rename':
      return rename(realm, step);
    case 'remove':
      return remove(realm, step.id);
    case 'restore':
      return restore(realm, step.id);
    case 'addMember':
      return addMember(realm, step);
    case 'removeMember':
      return removeMember(realm, step);
  }
}

function isTaken(realm: NaiveRealm, name: string, but?: string): boolean {
  return [...realm.living].some(([id, one]) => id !== but && one.name === name);
}

function insert(realm: NaiveRealm, step: { readonly id: string; readonly name: string }): StepOutcome {
  const isKnown = realm.living.has(step.id) || realm.tombstones.has(step.id);
  if (isKnown || isTaken(realm, step.name)) return 'uniqueness';
  realm.living.set(step.id, { name: step.name, members: new Set(), version: 1 });
  return 'done';
}

function rename(realm: NaiveRealm, step: { readonly id: string; readonly name: string }): StepOutcome {
  const found = realm.living.get(step.id);
  if (found === undefined) return 'absent';
  if (found.name === step.name) return 'same';
  if (isTaken(realm, step.name, step.id)) return 'uniqueness';
  realm.living.set(step.id, { ...found, name: step.name, version: found.version + 1 });
  return 'done';
}

function remove(realm: NaiveRealm, id: string): StepOutcome {
  const found = realm.living.get(id);
  if (found === undefined) return 'absent';
  realm.living.delete(id);
  realm.tombstones.set(id, { name: found.name, version: found.version + 1 });
  for (const one of realm.living.values()) if (one.members.delete(id)) one.version += 1;
  return 'done';
}

function restore(realm: NaiveRealm, id: string): StepOutcome {
  const found = realm.tombstones.get(id);
  if (found === undefined) return 'absent';
  if (isTaken(realm, found.name)) return 'uniqueness';
  realm.tombstones.delete(id);
  realm.living.set(id, { name: found.name, members: new Set(), version: found.version + 1 });
  return 'done';
}

function addMember(realm: NaiveRealm, step: { readonly id: string; readonly member: string }): StepOutcome {
  const found = realm.living.get(step.id);
  if (found === undefined) return 'absent';
  if (!realm.living.has(step.member)) return 'invalidValue';
  if (found.members.has(step.member)) return 'same';
  found.members.add(step.member);
  found.version += 1;
  return 'done';
}

function removeMember(realm: NaiveRealm, step: { readonly id: string; readonly member: string }): StepOutcome {
  const found = realm.living.get(step.id);
  if (found === undefined) return 'absent';
  if (!found.members.delete(step.member)) return 'same';
  found.version += 1;
  return 'done';
}
