import type { ExplanationShape } from 'lockstep/admin-api/answers';
import type { Tone } from '../../../design/Badge.tsx';

/** Something that keeps an app from doing what it would do, worst first. */
export type Matter =
  | { readonly is: 'standing'; readonly tone: Tone; readonly standing: ExplanationShape['standing'] }
  | {
      readonly is: 'failure' | 'referenceFailure';
      readonly tone: Tone;
      readonly failure: NonNullable<ExplanationShape['failure']>;
    }
  | { readonly is: 'staged'; readonly tone: Tone; readonly staged: ExplanationShape['staged'][number] }
  | { readonly is: 'waits'; readonly tone: Tone; readonly waits: ExplanationShape['waitsFor'][number] };

/** References that wait are told so far; a group may have a thousand. */
const WAITS_SHOWN = 5;

/** What waits, failed or stands still. */
export function mattersOf(explanation: ExplanationShape): readonly Matter[] {
  const { standing, failure, referenceFailure, staged, waitsFor } = explanation;
  const matters: Matter[] = [];
  if (standing.state === 'Quarantine' || standing.state === 'Disabled') {
    matters.push({ is: 'standing', tone: 'danger', standing });
  }
  if (failure !== undefined) matters.push({ is: 'failure', tone: 'danger', failure });
  if (referenceFailure !== undefined) {
    matters.push({ is: 'referenceFailure', tone: 'danger', failure: referenceFailure });
  }
  for (const one of staged) matters.push({ is: 'staged', tone: 'warning', staged: one });
  for (const one of waitsFor.slice(0, WAITS_SHOWN)) matters.push({ is: 'waits', tone: 'accent', waits: one });
  if (standing.state === 'Paused' || standing.state === 'NotConfigured' || standing.state === 'NotRun') {
    matters.push({ is: 'standing', tone: 'neutral', standing });
  }
  return matters;
}

/** Why somebody is in scope or not, as the names of phrases; assignments and filters are told beside it. */
export function decisionOf({ inScope, because, assignedBy }: ExplanationShape): Decision {
  if (inScope) return assignedBy.some(({ counts }) => counts) ? 'isAssigned' : 'everybody';
  return because ?? 'unknown';
}

/** What decided about the scope. */
export type Decision = 'isAssigned' | 'everybody' | 'unknown' | NonNullable<ExplanationShape['because']>;

/** What an app would do next, to the eye. */
export const nextTones: Readonly<Record<NonNullable<ExplanationShape['next']>['do'], Tone>> = {
  match: 'accent',
  create: 'accent',
  update: 'accent',
  disable: 'warning',
  delete: 'danger',
  nothing: 'neutral',
  skip: 'neutral',
  fail: 'danger',
};
