import { foldText, isJsonArray, type Json, type JsonObject } from '@lockstep/scim';
import type { CyclePorts } from '../cycle/cycle-ports.ts';
import type { CompiledJob } from '../job/compile-job.ts';
import { portsOf } from '../job/directory-of.ts';
import { mapObject } from '../mapping/map-object.ts';
import { readTarget } from '../mapping/read-target.ts';
import { userSource } from '../mapping/source-object.ts';
import { type MatchLookup, planMatch } from '../match/match-plan.ts';
import type { DirectoryUser } from '../ports/directory.ts';

/** What an account of the app is to the directory (Entra: "Account discovery"). */
export type AccountClass =
  /** Linked, or of a person who is assigned. */
  | 'assigned'
  /** Of a person who is not assigned. */
  | 'unassigned'
  /** Of nobody. */
  | 'local'
  /** Several people or several accounts fit: nothing may be done by rule. */
  | 'ambiguous';

/** One account with what was found about it. */
export interface ClassifiedAccount {
  readonly targetId: string;
  readonly class: AccountClass;
  readonly account: JsonObject;
  /** People that fit; one unless the account is local or ambiguous. */
  readonly people: readonly FoundPerson[];
  readonly isLinked: boolean;
  /** Matching attribute that decided. */
  readonly matchedBy?: string;
}

export interface FoundPerson {
  readonly id: string;
  readonly displayName: string;
  readonly isAssigned: boolean;
}

/** Everybody in the directory by what they would be matched with; expressions are evaluated, every matching row counts. */
export interface PeopleIndex {
  find(account: JsonObject): { readonly people: readonly FoundPerson[]; readonly matchedBy?: string };
  readonly size: number;
}

const PAGE = 500;

/** Reads the whole directory once. About 300 bytes a person and matching attribute are kept in memory. */
export async function buildPeopleIndex(job: CompiledJob, given: CyclePorts): Promise<PeopleIndex> {
  const ports = portsOf(job, given);
  const { mapping } = job.objects.user;
  const byAttribute = new Map(mapping.matching.map((row) => [row.path.text, new Map<string, FoundPerson[]>()]));
  let size = 0;
  for (let after: string | undefined; ; ) {
    const page = { limit: PAGE, scope: 'all', ...(after === undefined ? {} : { after }) } as const;
    const people = await ports.directory.userPage(job.definition.id, page);
    for (const user of people) {
      size += 1;
      const { person, lookups } = readPerson(job, ports, user);
      for (const { attribute, value } of lookups) push(byAttribute.get(attribute), foldText(value), person);
    }
    after = people.at(-1)?.id;
    if (people.length < PAGE) break;
  }
  return { size, find: (account) => findPeople(mapping.matching, byAttribute, account) };
}

function readPerson(
  job: CompiledJob,
  ports: CyclePorts,
  user: DirectoryUser,
): { readonly person: FoundPerson; readonly lookups: readonly MatchLookup[] } {
  const result = mapObject(job.objects.user.mapping, userSource(user, false), {
    nowMs: ports.clock.nowMs(),
    random: () => ports.random.fraction(),
    randomGuid: () => ports.random.guid(),
    ...(ports.defaultDomain === undefined ? {} : { defaultDomain: ports.defaultDomain }),
  });
  const match = result.kind === 'mapped' ? planMatch(result.mapped) : undefined;
  const name = user.attributes['displayName'];
  const person = { id: user.id, displayName: typeof name === 'string' ? name : user.id, isAssigned: user.isAssigned };
  return { person, lookups: match?.do === 'look-up' ? match.lookups : [] };
}

function push(index: Map<string, FoundPerson[]> | undefined, key: string, person: FoundPerson): void {
  const list = index?.get(key);
  if (list === undefined) index?.set(key, [person]);
  else list.push(person);
}

/** By precedence: the first attribute with a hit decides (rule MATCH-1). */
function findPeople(
  matching: CompiledJob['objects']['user']['mapping']['matching'],
  byAttribute: ReadonlyMap<string, ReadonlyMap<string, readonly FoundPerson[]>>,
  account: JsonObject,
): ReturnType<PeopleIndex['find']> {
  for (const row of matching) {
    const index = byAttribute.get(row.path.text);
    const hits = textsOf(readTarget(account, row.path)).flatMap((text) => index?.get(foldText(text)) ?? []);
    const people = [...new Map(hits.map((one) => [one.id, one])).values()];
    if (people.length > 0) return { people, matchedBy: row.path.text };
  }
  return { people: [] };
}

function textsOf(value: Json | undefined): readonly string[] {
  if (isJsonArray(value)) return value.flatMap(textsOf);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

/** What is known before a page of accounts is classified. */
export interface Known {
  readonly index: PeopleIndex;
  /** Account each person was matched with so far in this scan: a second one makes it ambiguous. */
  readonly claimed: Map<string, string>;
}

/** Classifies a page of accounts. A link that is stored decides before every matching attribute. */
export async function classifyAccounts(
  job: CompiledJob,
  ports: CyclePorts,
  page: { readonly accounts: readonly (JsonObject & { readonly id: string })[]; readonly known: Known },
): Promise<readonly ClassifiedAccount[]> {
  const { accounts, known } = page;
  const found = accounts.map((account) => ({ account, ...known.index.find(account) }));
  const links = await linksByTarget(
    job,
    ports,
    accounts.map((one) => one.id),
  );
  const owners = await ports.store.links(
    job.definition.id,
    'user',
    found.flatMap((one) => one.people.map(({ id }) => id)),
  );
  return found.map(({ account, people, matchedBy }): ClassifiedAccount => {
    const targetId = account.id;
    const linkedTo = links.get(targetId);
    const shared = { targetId, account, ...(matchedBy === undefined ? {} : { matchedBy }) };
    if (linkedTo !== undefined) {
      const person = people.find((one) => one.id === linkedTo) ?? {
        id: linkedTo,
        displayName: linkedTo,
        isAssigned: true,
      };
      return { ...shared, class: 'assigned', people: [person], isLinked: true };
    }
    const [person] = people;
    if (person === undefined) return { ...shared, class: 'local', people, isLinked: false };
    const other = known.claimed.get(person.id) ?? owners.get(person.id)?.targetId;
    if (people.length > 1 || (other !== undefined && other !== targetId)) {
      return { ...shared, class: 'ambiguous', people, isLinked: false };
    }
    known.claimed.set(person.id, targetId);
    return { ...shared, class: person.isAssigned ? 'assigned' : 'unassigned', people, isLinked: false };
  });
}

async function linksByTarget(
  job: CompiledJob,
  ports: CyclePorts,
  targetIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    targetIds.map(
      async (id) => [id, (await ports.store.linkByTarget(job.definition.id, 'user', id))?.sourceId] as const,
    ),
  );
  return new Map(found.flatMap(([id, source]) => (source === undefined ? [] : [[id, source] as const])));
}
