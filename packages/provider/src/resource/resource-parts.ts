import { isJsonArray, project } from '@lockstep/scim';
import type { FirstMembers, Member, RealmKey, RealmStore, StoredResource } from '../ports/realm-store.ts';
import { memberReference, type RenderOptions, renderResource } from './render-resource.ts';

/** Where the members that were not read along come from. */
export interface MemberSource {
  readonly realms: RealmStore;
  readonly realm: RealmKey;
}

/** Members read and rendered between two chances for other requests. */
const PAGE = 5_000;
/** Groups whose members are asked for together. */
const GROUPS = 64;

/** A resource as it is shown: a text, or what is needed to make it part by part. */
export type Shown = string | Unfinished;

export interface Unfinished {
  readonly stored: StoredResource;
  readonly options: RenderOptions;
}

/** Renders a resource, unless the store holds more members of it than it read along. */
export function show(stored: StoredResource, options: RenderOptions): Shown {
  return stored.hasMoreMembers === true ? { stored, options } : renderResource(stored, options);
}

/** A group as JSON text in parts: its attributes, then its members page by page. */
export async function* resourceParts({ stored, options }: Unfinished, source: MemberSource): AsyncGenerator<string> {
  const { members = [], hasMoreMembers, ...bare } = stored;
  yield `${renderResource(bare, options).slice(0, -1)},"members":[`;
  let isFirst = true;
  for await (const page of memberPages({ id: stored.id, members, hasMore: hasMoreMembers ?? false }, source)) {
    const text = membersText(page, options);
    if (text === '') continue;
    yield isFirst ? text : `,${text}`;
    isFirst = false;
  }
  yield ']}';
}

async function* memberPages(
  group: FirstMembers & { readonly id: string },
  { realms, realm }: MemberSource,
): AsyncGenerator<readonly Member[]> {
  yield group.members;
  let after = group.members.at(-1)?.id;
  for (let hasMore = group.hasMore; hasMore; ) {
    const page = await realms.members(realm, group.id, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    yield page;
    after = page.at(-1)?.id;
    hasMore = page.length === PAGE;
  }
}

function membersText(members: readonly Member[], { base, shape, projection }: RenderOptions): string {
  const references = members.map((member) => memberReference(member, base, shape));
  if (projection === undefined && !shape.needsProjection) return references.map((one) => JSON.stringify(one)).join(',');
  const { members: shown } = project({ members: references }, projection, shape.type);
  return isJsonArray(shown) ? shown.map((one) => JSON.stringify(one)).join(',') : '';
}

/** Resources divided by commas, in parts. Groups whose members the store did not come to are asked for many at a time. */
export async function* listParts(resources: readonly Shown[], source: MemberSource): AsyncGenerator<string> {
  let known: ReadonlyMap<string, FirstMembers> = new Map();
  for (const [index, one] of resources.entries()) {
    if (index > 0) yield ',';
    if (typeof one === 'string') {
      yield one;
      continue;
    }
    const { id } = one.stored;
    if (isUnread(one) && !known.has(id)) {
      known = await source.realms.firstMembers(source.realm, unreadIds(resources, index));
    }
    const first = known.get(id);
    const stored = first === undefined ? one.stored : { ...one.stored, ...first, hasMoreMembers: first.hasMore };
    yield* resourceParts({ ...one, stored }, source);
  }
}

function isUnread(one: Shown): one is Unfinished {
  return typeof one !== 'string' && one.stored.members?.length === 0;
}

function unreadIds(resources: readonly Shown[], from: number): readonly string[] {
  const ids: string[] = [];
  for (let at = from; at < resources.length && ids.length < GROUPS; at += 1) {
    const one = resources[at];
    if (one !== undefined && isUnread(one)) ids.push(one.stored.id);
  }
  return ids;
}
