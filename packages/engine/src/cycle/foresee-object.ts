import type { EvaluationContext } from '../expression/step.ts';
import type { CompiledJob } from '../job/compile-job.ts';
import { mapObject } from '../mapping/map-object.ts';
import { groupAttributes } from '../mapping/source-object.ts';
import { type MatchLookup, planMatch } from '../match/match-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Link } from '../ports/engine-store.ts';
import { filterSource, judgeInput, passedFilter, type ScopeVerdict } from '../scope/judge-scope.ts';
import { isGone, judge, planFor, sourceOf } from './examine-objects.ts';
import type { SourceObjectOf } from './examined.ts';

/** What a cycle would do with an object, as far as can be told without asking the app. */
export interface Foreseen {
  readonly verdict: ScopeVerdict;
  /** Title of the filter that lets it in; absent when there is none, or it is outside. */
  readonly filter?: string;
  readonly next:
    | { readonly do: 'plan'; readonly plan: Plan }
    /** An account is looked for by these values; one that is found is taken over, else, when `creates`, one is made. */
    | { readonly do: 'match'; readonly lookups: readonly MatchLookup[]; readonly creates: boolean }
    /** Left alone, by an input filter, an expression, or for want of a matching value. */
    | { readonly do: 'skip'; readonly code: string; readonly text: string }
    /** It cannot be mapped. */
    | { readonly do: 'fail'; readonly code: string; readonly text: string };
}

/**
 * Foresees what a cycle would do with an object, from the directory and the account as it was last sent or read. Members and
 * references aside, it is what the cycle finds out itself, unless the account was changed in the app.
 */
export function foreseeObject(
  job: CompiledJob,
  object: SourceObjectOf,
  { link, context }: { readonly link: Link | undefined; readonly context: EvaluationContext },
): Foreseen {
  const rules = job.objects[object.objectType];
  const verdict = judge(object, rules);
  const filter = verdict.inScope ? passedFilter(attributesOf(object), rules.scope.filters)?.title : undefined;
  const seen = { verdict, ...(filter === undefined ? {} : { filter }) };
  const unseen = judgeInput(object, rules.inputFilters);
  if (unseen !== undefined) return { ...seen, next: { do: 'skip', code: 'EntrySynchronizationSkipped', text: unseen } };
  const result = isGone(verdict) ? undefined : mapObject(rules.mapping, sourceOf(object, verdict), context);
  if (result?.kind === 'ignored') {
    return { ...seen, next: { do: 'skip', code: 'EntrySynchronizationSkipped', text: result.text } };
  }
  if (result?.kind === 'failed') return { ...seen, next: { do: 'fail', code: result.code, text: result.text } };
  const mapped = result?.mapped;
  const plan = planFor(job, { objectType: object.objectType, verdict, mapped, link, matched: undefined });
  const isLookedFor = verdict.inScope && link === undefined && rules.isEnabled;
  if (!isLookedFor || mapped === undefined) return { ...seen, next: { do: 'plan', plan } };
  const matching = planMatch(mapped);
  if (matching.do === 'skip') return { ...seen, next: { do: 'skip', code: matching.code, text: matching.text } };
  return { ...seen, next: { do: 'match', lookups: matching.lookups, creates: plan.do === 'create' } };
}

function attributesOf(object: SourceObjectOf): ReturnType<typeof groupAttributes> {
  return object.objectType === 'user' ? filterSource(object.user) : groupAttributes(object.group);
}
