import type { JsonObject } from '@lockstep/scim';
import type { MappedResource, MappedValue } from '../mapping/map-object.ts';

/** One question to the app: is there an account with this value? */
export interface MatchLookup {
  /** Target attribute as configured, such as `userName` or `emails[type eq "work"].value`. */
  readonly attribute: string;
  readonly value: string;
  readonly precedence: number;
}

/** How existing accounts are looked up. */
export type MatchPlan =
  /** In this order, until one has a hit (rule MATCH-1). */
  | { readonly do: 'look-up'; readonly lookups: readonly MatchLookup[] }
  /** No matching attribute has a value (rule MATCH-3). */
  | { readonly do: 'skip'; readonly code: 'ImportSkipped'; readonly text: string };

/** The look-ups for one mapped object, lowest precedence first. Values that only are defaults do not identify anybody. */
export function planMatch(mapped: MappedResource): MatchPlan {
  const byRow = new Map(mapped.values.map((value) => [value.row, value]));
  const lookups = mapped.mapping.matching.flatMap((row): MatchLookup[] => {
    const value = lookupText(byRow.get(row));
    if (value === undefined) return [];
    return [{ attribute: row.path.text, value, precedence: row.mapping.matchingPrecedence ?? 0 }];
  });
  if (lookups.length > 0) return { do: 'look-up', lookups };
  const names = mapped.mapping.matching.map(({ path }) => path.text).join(', ');
  return { do: 'skip', code: 'ImportSkipped', text: `No matching attribute has a value (${names}).` };
}

function lookupText(mapped: MappedValue | undefined): string | undefined {
  if (mapped === undefined || mapped.isDefault) return undefined;
  const { value } = mapped;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** What a look-up found. */
export type Match =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly id: string; readonly resource: JsonObject }
  /** Rule MATCH-5: nothing may be written. */
  | {
      readonly kind: 'several';
      readonly code: 'DuplicateTargetEntries';
      readonly resources: readonly JsonObject[];
      readonly text: string;
    };

/** Judges the hits of one look-up. The same account answered twice counts once; hits without an id are no accounts. */
export function judgeMatch(hits: readonly JsonObject[], lookup: MatchLookup): Match {
  const byId = new Map<string, JsonObject>();
  for (const hit of hits) {
    const id = hit['id'];
    if (typeof id === 'string' && id !== '') byId.set(id, hit);
  }
  const [first] = byId;
  if (first === undefined) return { kind: 'none' };
  if (byId.size === 1) return { kind: 'one', id: first[0], resource: first[1] };
  const text = `${byId.size} accounts of the app have ${lookup.attribute} "${lookup.value}"; a matching attribute must tell accounts apart.`;
  return { kind: 'several', code: 'DuplicateTargetEntries', resources: [...byId.values()], text };
}
