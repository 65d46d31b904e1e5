import { idOf, isInScope } from '../cycle/examine-objects.ts';
import { readObjects } from '../cycle/read-objects.ts';
import type { CompiledJob } from '../job/compile-job.ts';
import { portsOf } from '../job/directory-of.ts';
import type { Directory } from '../ports/directory.ts';
import type { EngineStore, Link, ObjectType } from '../ports/engine-store.ts';

const PAGE = 512;

/** Linked accounts that a full restart would leave without a person. */
export interface Orphans {
  readonly users: number;
  readonly groups: number;
  /** Some of them by account id, for the eye. */
  readonly examples: readonly { readonly sourceId: string; readonly targetId: string }[];
}

const EXAMPLES_MAX = 10;

/**
 * Counts the links whose person or group is not in scope now: the pass after a full restart does not meet them, so their
 * accounts stay in the app as they are and nobody ever removes them (rule LIFE-5).
 */
export async function countOrphans(job: CompiledJob, given: OrphanPorts): Promise<Orphans> {
  const ports = portsOf(job, given);
  const counted = { user: 0, group: 0 };
  const examples: { sourceId: string; targetId: string }[] = [];
  for (const objectType of ['user', 'group'] as const) {
    for await (const links of linkPages(job, ports, objectType)) {
      const inScope = await idsInScope(job, ports, links);
      const orphans = links.filter((link) => !inScope.has(link.sourceId));
      counted[objectType] += orphans.length;
      const room = EXAMPLES_MAX - examples.length;
      examples.push(...orphans.slice(0, room).map(({ sourceId, targetId }) => ({ sourceId, targetId })));
    }
  }
  return { users: counted.user, groups: counted.group, examples };
}

interface OrphanPorts {
  readonly store: Pick<EngineStore, 'linkPage'>;
  readonly directory: Directory;
}

async function* linkPages(
  job: CompiledJob,
  ports: OrphanPorts,
  objectType: ObjectType,
): AsyncGenerator<readonly Link[]> {
  for (let after: string | undefined; ; ) {
    const page = { limit: PAGE, ...(after === undefined ? {} : { after }) };
    const links = await ports.store.linkPage(job.definition.id, objectType, page);
    if (links.length > 0) yield links;
    if (links.length < PAGE) return;
    after = links.at(-1)?.sourceId;
  }
}

async function idsInScope(job: CompiledJob, ports: OrphanPorts, links: readonly Link[]): Promise<ReadonlySet<string>> {
  const [first] = links;
  if (first === undefined) return new Set();
  const ids = links.map((link) => link.sourceId);
  const objects = await readObjects({ job, ports }, first.objectType, ids);
  return new Set(objects.filter((object) => isInScope({ job }, object)).map(idOf));
}
