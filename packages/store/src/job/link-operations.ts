import type { Link, ObjectType } from '@lockstep/engine/ports';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import { marks, type Operation, parts, row, rows } from '../database/operation.ts';

interface LinkRow {
  readonly object_type: ObjectType;
  readonly source_id: string;
  readonly target_id: string;
  readonly state: 'managed' | 'released';
  readonly view: string;
}

const COLUMNS = 'object_type, source_id, target_id, state, view';

export function* links(
  jobId: string,
  objectType: ObjectType,
  sourceIds: readonly string[],
): Operation<ReadonlyMap<string, Link>> {
  const found = new Map<string, Link>();
  for (const part of parts(sourceIds)) {
    const list = yield* rows<LinkRow>(
      `select ${COLUMNS} from link where job_id = ? and object_type = ? and source_id in (${marks(part.length)})`,
      jobId,
      objectType,
      ...part,
    );
    for (const one of list) found.set(one.source_id, toLink(one));
  }
  return found;
}

export function* linkPage(
  jobId: string,
  objectType: ObjectType,
  page: { readonly after?: string; readonly limit: number },
): Operation<readonly Link[]> {
  const found = yield* rows<LinkRow>(
    `select ${COLUMNS} from link where job_id = ? and object_type = ? and source_id > ? order by source_id limit ?`,
    jobId,
    objectType,
    page.after ?? '',
    page.limit,
  );
  return found.map(toLink);
}

export function* linkByTarget(jobId: string, objectType: ObjectType, targetId: string): Operation<Link | undefined> {
  const found = yield* row<LinkRow>(
    `select ${COLUMNS} from link where job_id = ? and object_type = ? and target_id = ? order by state limit 1`,
    jobId,
    objectType,
    targetId,
  );
  return found === undefined ? undefined : toLink(found);
}

/** Signs of a pattern in the text only widen what is found. */
export function* linksNaming(jobId: string, text: string): Operation<readonly Link[]> {
  const found = yield* rows<LinkRow>(
    `select ${COLUMNS} from link where job_id = ? and object_type = 'user' and view like ?`,
    jobId,
    `%${text.replaceAll('\\', '_')}%`,
  );
  return found.map(toLink);
}

export function* countLinks(jobId: string): Operation<{ readonly users: number; readonly groups: number }> {
  const found = yield* rows<{ readonly object_type: ObjectType; readonly count: number }>(
    'select object_type, count(*) as count from link where job_id = ? group by object_type',
    jobId,
  );
  const of = (type: ObjectType): number => found.find((one) => one.object_type === type)?.count ?? 0;
  return { users: of('user'), groups: of('group') };
}

export function* storeLink(jobId: string, link: Link): Operation<void> {
  yield* rows(
    `insert into link (job_id, object_type, source_id, target_id, state, view) values (?, ?, ?, ?, ?, ?)
     on conflict (job_id, object_type, source_id) do update set
       target_id = excluded.target_id, state = excluded.state, view = excluded.view`,
    jobId,
    link.objectType,
    link.sourceId,
    link.targetId,
    link.state,
    JSON.stringify(link.view),
  );
}

export function* dropLink(jobId: string, objectType: ObjectType, sourceId: string): Operation<void> {
  yield* rows('delete from link where job_id = ? and object_type = ? and source_id = ?', jobId, objectType, sourceId);
  if (objectType === 'group') {
    yield* rows('delete from sent_member where job_id = ? and group_id = ?', jobId, sourceId);
  }
}

function toLink(found: LinkRow): Link {
  return {
    objectType: found.object_type,
    sourceId: found.source_id,
    targetId: found.target_id,
    state: found.state,
    view: readObject(found.view),
  };
}

function readObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  return isJsonObject(value) ? value : {};
}
