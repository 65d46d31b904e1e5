import type { CompiledJob } from '../job/compile-job.ts';
import { portsOf } from '../job/directory-of.ts';
import type { LogIdentity } from '../log/log-record.ts';
import type { Change } from '../plan/plan.ts';
import type { ObjectType } from '../ports/engine-store.ts';
import type { CyclePorts } from './cycle-ports.ts';
import { examineObjects, idOf } from './examine-objects.ts';
import type { Examined, SourceObjectOf } from './examined.ts';
import { readObjects, readPage } from './read-objects.ts';

/** What a cycle would do about one object. */
export interface PlannedObject {
  readonly objectType: ObjectType;
  readonly source: LogIdentity;
  readonly action: 'create' | 'link' | 'update' | 'disable' | 'delete' | 'skip' | 'fail';
  /** One sentence for a person. */
  readonly text: string;
  readonly changes: readonly Change[];
}

const PAGE = 256;
const FEED_PAGE = 1_000;

/** Goes through what the next cycle would go through, by the same code, and sends nothing that writes. */
export async function* planCycle(job: CompiledJob, ports: CyclePorts): AsyncGenerator<PlannedObject> {
  for await (const objects of nextCyclePages(job, ports)) {
    for (const item of await examineObjects(job, ports, { objects })) yield toPlanned(item);
  }
}

/** What the next cycle would go through, page by page, each page of one type. */
export async function* nextCyclePages(job: CompiledJob, given: CyclePorts): AsyncGenerator<readonly SourceObjectOf[]> {
  const ports = portsOf(job, given);
  const state = await ports.store.state(job.definition.id);
  yield* state.kind === 'initial' ? initialPages(job, ports) : changedPages(job, ports, state.watermark);
}

async function* initialPages(job: CompiledJob, ports: CyclePorts): AsyncGenerator<readonly SourceObjectOf[]> {
  for (const objectType of typesOf(job)) {
    let after: string | undefined;
    for (;;) {
      const objects = await readPage({ job, ports }, objectType, {
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      yield objects;
      const last = objects.at(-1);
      if (last === undefined || objects.length < PAGE) break;
      after = idOf(last);
    }
  }
}

async function* changedPages(
  job: CompiledJob,
  ports: CyclePorts,
  watermark: number,
): AsyncGenerator<readonly SourceObjectOf[]> {
  let after = watermark;
  const seen = new Set<string>();
  for (;;) {
    const changes = await ports.directory.changes(job.definition.id, after, FEED_PAGE);
    for (const objectType of typesOf(job)) {
      const ids = (objectType === 'user' ? changes.userIds : changes.groupIds).filter((id) => !seen.has(id));
      for (const id of ids) seen.add(id);
      for (let at = 0; at < ids.length; at += PAGE)
        yield await readObjects({ job, ports }, objectType, ids.slice(at, at + PAGE));
    }
    if (changes.isLast) return;
    after = changes.next;
  }
}

function typesOf(job: CompiledJob): readonly ObjectType[] {
  return job.objects.group.isEnabled ? ['user', 'group'] : ['user'];
}

/** What was found out about an object, in the words of a plan. */
export function toPlanned(item: Examined): PlannedObject {
  const source = { id: item.id, displayName: item.displayName, type: item.objectType === 'user' ? 'User' : 'Group' };
  const shared = { objectType: item.objectType, source };
  const { finding } = item;
  if (finding.kind === 'failure') return { ...shared, action: 'fail', text: finding.failure.text, changes: [] };
  if (finding.kind === 'skip') return { ...shared, action: 'skip', text: finding.text, changes: [] };
  const { plan } = finding;
  const isLink = item.link === undefined && item.matched !== undefined;
  switch (plan.do) {
    case 'nothing':
      return {
        ...shared,
        action: isLink && plan.linkAfter === 'managed' ? 'link' : 'skip',
        text: plan.text,
        changes: [],
      };
    case 'delete':
      return { ...shared, action: 'delete', text: plan.text, changes: [] };
    case 'disable':
      return { ...shared, action: 'disable', text: plan.text, changes: plan.changes };
    case 'create':
      return { ...shared, action: 'create', text: 'A new account would be made.', changes: plan.changes };
    case 'update': {
      const text = isLink ? 'The existing account would be linked and updated.' : 'The account would be updated.';
      return { ...shared, action: isLink ? 'link' : 'update', text, changes: plan.changes };
    }
  }
}
