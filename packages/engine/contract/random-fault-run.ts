// One life of a small company under faults, all drawn from a seed; the end has to be right whatever they were.
import assert from 'node:assert/strict';
import { fraction, type Quirk, seededFaults } from '@lockstep/checker';
import { isJsonObject } from '@lockstep/scim';
import type { Company } from './company.ts';
import { type FaultyCompany, openFaultyCompany } from './faulty-company.ts';

const HARMLESS: readonly (Quirk | undefined)[] = [
  undefined,
  'takes-duplicates',
  'takes-duplicates',
  'duplicate-ids',
  'create-200-empty',
  'create-204',
  'no-patch',
  'numeric-ids',
  'etag-required',
  'excluded-attributes-ignored',
];
const GUARD = 4;

/** What a run came to. */
export interface FaultRun {
  readonly requests: number;
}

/**
 * Lives through a run and checks it: no cycle removes more than the guard allows, nobody is made twice, and in the end the
 * app equals the directory.
 *
 * @throws {AssertionError} naming the seed
 */
export async function runRandomFaults(company: Company, seed: number): Promise<FaultRun> {
  let drawn = 0;
  const draw = (): number => fraction(seed, 1_000_000 + drawn++);
  const below = (limit: number): number => Math.floor(draw() * limit);
  const jobId = `random-${seed}`;
  await company.store.apps.save({
    id: jobId,
    name: jobId,
    definition: {},
    sealedSecret: null,
    secretExpiresMs: null,
    createdMs: 0,
    modifiedMs: 0,
  });
  const quirk = HARMLESS[below(HARMLESS.length)];
  let removals = 0;
  const faulty = await openFaultyCompany({
    company,
    jobId,
    quirks: quirk === undefined ? [] : [quirk],
    // Recovery lets weeks pass; what is held must not be rejected by its age meanwhile.
    job: { guard: { maxRemovals: GUARD, expiresAfterDays: 365 } },
    onWrite: (method, body) => {
      if (method === 'DELETE' || isDisable(body)) removals += 1;
    },
  });
  const cycle = async (): Promise<void> => {
    removals = 0;
    await faulty.sync();
    // A removal may be sent twice when its answer is lost; it is still one.
    assert.ok(removals <= GUARD * REPEATS_MAX, `seed ${seed}: ${removals} removals in one cycle`);
  };
  const staff = await hireStaff(faulty, { seed, count: 5 + below(16) });
  faulty.server.setPlan(seededFaults(seed, 0.05 + draw() * 0.4));
  for (let day = 0; day < 2; day += 1) {
    await cycle();
    await changeStaff(faulty, staff, below);
  }
  await cycle();
  await approveAll(company, jobId);
  await faulty.recover();
  await approveAll(company, jobId);
  await faulty.recover();
  const waiting = await waitingForManager(faulty, staff);
  const settled = (lines: readonly string[]): readonly string[] => lines.map((line) => withoutManager(line, waiting));
  assert.deepEqual(settled(faulty.actual()), settled(await faulty.expected()), `seed ${seed}, ${quirk ?? 'no quirk'}`);
  assertNobodyTwice(faulty, seed);
  await letGo(company, staff, jobId);
  return { requests: faulty.server.requests() };
}

/** One write, and one more after the look that follows a lost answer. */
const REPEATS_MAX = 2;

function isDisable(body: string | undefined): boolean {
  return body !== undefined && /"active":\s*false|"path":"active","value":false/.test(body);
}

interface Staff {
  readonly ids: string[];
  readonly group: string;
}

async function hireStaff(faulty: FaultyCompany, of: { readonly seed: number; readonly count: number }): Promise<Staff> {
  const ids: string[] = [];
  for (let at = 0; at < of.count; at += 1)
    ids.push(await hire(faulty, `p${of.seed}-${at}`, ids[Math.floor(at / 3) - 1]));
  const group = await faulty.company.addGroup(`Group ${of.seed}`, ids.slice(0, 4));
  await assign(faulty, group, 'Group');
  return { ids, group };
}

async function hire(faulty: FaultyCompany, name: string, manager: string | undefined): Promise<string> {
  const id = await faulty.company.addUser({
    userPrincipalName: `${name}@company.example`,
    displayName: name,
    givenName: name,
    mail: `${name}@company.example`,
    mailNickname: name,
    accountEnabled: true,
    ...(manager === undefined ? {} : { manager }),
  });
  await assign(faulty, id, 'User');
  return id;
}

function assign(faulty: FaultyCompany, principalId: string, type: 'User' | 'Group'): Promise<unknown> {
  const nowMs = faulty.company.clock.nowMs();
  return faulty.company.store.apps.assign([{ appId: faulty.job.id, principalId, type, roleId: '', nowMs }]);
}

type Below = (limit: number) => number;

async function changeStaff(faulty: FaultyCompany, staff: Staff, below: Below): Promise<void> {
  const { company } = faulty;
  const count = 1 + below(6);
  for (let at = 0; at < count; at += 1) {
    const id = staff.ids[below(staff.ids.length)] ?? '';
    const other = staff.ids[below(staff.ids.length)] ?? '';
    const [user] = await company.store.directory.users(faulty.job.id, [id]);
    if (user === undefined || user.deleted === 'hard') continue;
    await changeOne(faulty, { staff, id, other }, below(7));
  }
  const name = `new-${faulty.job.id}-${staff.ids.length}`;
  staff.ids.push(await hire(faulty, name, staff.ids[0]));
}

async function changeOne(
  { company }: FaultyCompany,
  of: { readonly staff: Staff; readonly id: string; readonly other: string },
  kind: number,
): Promise<void> {
  const { staff, id, other } = of;
  if (kind === 0) await company.changeUser(id, { givenName: `Renamed ${other.slice(0, 4)}` });
  else if (kind === 1) await company.changeUser(id, { accountEnabled: false });
  else if (kind === 2) await company.changeUser(id, { accountEnabled: true });
  else if (kind === 3) await company.deleteUser(id);
  else if (kind === 4) await company.setMembers(staff.group, { add: [id] });
  else if (kind === 5) await company.setMembers(staff.group, { remove: [id] });
  else if (id !== other) await company.changeUser(id, { manager: other });
}

async function approveAll(company: Company, jobId: string): Promise<void> {
  await company.store.engine.decideStaged(jobId, { state: 'approved' });
}

/** Whose manager has no account: the reference waits, and what the app has stays, whatever it is. */
async function waitingForManager(faulty: FaultyCompany, staff: Staff): Promise<ReadonlySet<string>> {
  const users = await faulty.company.store.directory.users(faulty.job.id, staff.ids);
  const living = new Set(users.filter((user) => user.isAccountEnabled && user.deleted === 'no').map((user) => user.id));
  const waiting = users.filter((user) => user.managerId !== undefined && !living.has(user.managerId));
  return new Set(waiting.map((user) => String(user.attributes['userPrincipalName'])));
}

function withoutManager(line: string, names: ReadonlySet<string>): string {
  const [kind, name = ''] = line.split(' ');
  return kind === 'user' && names.has(name) ? line.replace(/ under \S+$/, '') : line;
}

function assertNobodyTwice(faulty: FaultyCompany, seed: number): void {
  const names = faulty.server.users().map((user) => String(user['userName']).toLowerCase());
  assert.equal(new Set(names).size, names.length, `seed ${seed}: somebody has two accounts`);
  const groups = faulty.server.groups().map((group) => (isJsonObject(group) ? String(group['displayName']) : ''));
  assert.equal(new Set(groups).size, groups.length, `seed ${seed}: a group is there twice`);
}

/** The next run begins with an empty stage. */
async function letGo(company: Company, staff: Staff, jobId: string): Promise<void> {
  const nowMs = company.clock.nowMs();
  await company.store.apps.unassign({
    appId: jobId,
    principalId: staff.group,
    type: 'Group',
    roleId: undefined,
    nowMs,
  });
}
