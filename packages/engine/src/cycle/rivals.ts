import type { CompiledJob } from '../job/compile-job.ts';
import { judgeGroupScope, judgeScope } from '../scope/judge-scope.ts';
import { nameOfLink } from './account-name.ts';
import type { CyclePorts } from './cycle-ports.ts';
import type { Examined, SourceObjectOf } from './examined.ts';
import type { Failure } from './failure.ts';
import { readObjects } from './read-objects.ts';

/** Why an account may not be linked: it is somebody else's (Entra's code for several sources with one joining value). */
export function rivalFailure(holder: string, targetId: string): Failure {
  return {
    code: 'DuplicateSourceEntries',
    text: `The account ${targetId} that matches belongs to ${holder} already; two people cannot share one account.`,
    recommendedAction: 'Give each of them a value of the matching attribute of their own.',
    retry: 'next-cycle',
  };
}

/** Somebody else whom an account is linked to. */
export interface Rival {
  readonly name: string;
  /** It is handled on the same page and may give the account up there: whoever wants it comes after. */
  readonly isOnPage: boolean;
}

/**
 * Whose an account is, when it is linked to somebody else who still needs it. Whoever was let go, deleted or has left the
 * scope gives it up: so the account of a person who is hired again under a new object is taken up.
 */
export async function rivalOf(
  run: { readonly job: CompiledJob; readonly ports: CyclePorts },
  item: Pick<Examined, 'objectType' | 'id'>,
  account: { readonly targetId: string; readonly pageIds?: ReadonlySet<string> },
): Promise<Rival | undefined> {
  const link = await run.ports.store.linkByTarget(run.job.definition.id, item.objectType, account.targetId);
  if (link === undefined || link.sourceId === item.id) return undefined;
  const name = nameOfLink(link);
  if (account.pageIds?.has(link.sourceId) === true) return { name, isOnPage: true };
  if (link.state === 'released') return undefined;
  const [object] = await readObjects(run, item.objectType, [link.sourceId]);
  return object !== undefined && needsAccount(run.job, object) ? { name, isOnPage: false } : undefined;
}

function needsAccount(job: CompiledJob, object: SourceObjectOf): boolean {
  const { scope } = job.objects[object.objectType];
  const verdict = object.objectType === 'user' ? judgeScope(object.user, scope) : judgeGroupScope(object.group, scope);
  return verdict.inScope || verdict.because === 'disabled';
}

/** Of several objects of a page that match one account, which none of them has yet, the first gets it. */
export function withoutRivals(examined: readonly Examined[]): readonly Examined[] {
  const firsts = new Map<string, Examined>();
  return examined.map((item): Examined => {
    if (item.matched === undefined || item.link !== undefined) return item;
    const first = firsts.get(item.matched.id);
    if (first === undefined) firsts.set(item.matched.id, item);
    if (first === undefined) return item;
    return { ...item, finding: { kind: 'failure', failure: rivalFailure(first.displayName, item.matched.id) } };
  });
}
