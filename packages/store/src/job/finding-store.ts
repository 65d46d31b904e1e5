import type { JsonObject } from '@lockstep/scim';
import type { Database } from '../database/database.ts';
import { type Operation, row, rows, type SqlValue } from '../database/operation.ts';

/** Who looked: a look for accounts to take over, or a comparison of the app with what it should be. */
export type ScanKind = 'discovery' | 'drift';

/** The last look at an app; the next one replaces it. */
export interface Scan {
  readonly jobId: string;
  readonly kind: ScanKind;
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly startedMs: number;
  readonly endedMs: number | null;
  /** Where to go on after an interruption. */
  readonly position: string | null;
  /** Counts, and why it failed. */
  readonly detail: JsonObject;
}

/** One thing that was found. */
export interface Finding {
  /** The account's or person's id with its type; stays the same from scan to scan. */
  readonly id: string;
  readonly scanId: string;
  readonly class: string;
  /** `open` until somebody decides; `ignored` ones stay so in later scans. */
  readonly state: 'open' | 'ignored' | 'settled';
  readonly foundMs: number;
  readonly body: JsonObject;
}

/** What to list. In the order of ids. */
export interface FindingQuery {
  readonly class?: string;
  readonly state?: Finding['state'];
  readonly ids?: readonly string[];
  readonly after?: string;
  readonly limit: number;
}

/** Scans of apps and what they found. */
export interface FindingStore {
  scan(jobId: string, kind: ScanKind): Promise<Scan | undefined>;
  saveScan(scan: Scan): Promise<void>;
  /** Stores findings and how far the scan has come, in one transaction. What was ignored stays ignored. */
  saveFindings(
    scan: Scan,
    findings: readonly Omit<Finding, 'scanId' | 'state' | 'foundMs'>[],
    nowMs: number,
  ): Promise<void>;
  findings(jobId: string, kind: ScanKind, query: FindingQuery): Promise<readonly Finding[]>;
  /** By class, of those in a state. */
  countFindings(jobId: string, kind: ScanKind, state: Finding['state']): Promise<Readonly<Record<string, number>>>;
  settleFinding(jobId: string, kind: ScanKind, change: Pick<Finding, 'id' | 'state'>): Promise<void>;
  /** Drops findings of earlier scans: what was not found again is no more. */
  dropOlder(scan: Scan): Promise<number>;
}

/** The findings over a database. */
export function createFindingStore({ read, write }: Database): FindingStore {
  return {
    scan: (jobId, kind) =>
      read(function* () {
        const found = yield* row<ScanRow>('select * from scan where job_id = ? and kind = ?', jobId, kind);
        return found === undefined ? undefined : toScan(found);
      }),
    saveScan: (scan) => write(() => saveScan(scan)),
    saveFindings: (scan, findings, nowMs) => write(() => saveFindings(scan, findings, nowMs)),
    findings: (jobId, kind, query) => read(() => listFindings(jobId, kind, query)),
    countFindings: (jobId, kind, state) =>
      read(function* () {
        const found = yield* rows<{ readonly class: string; readonly count: number }>(
          'select class, count(*) as count from finding where job_id = ? and kind = ? and state = ? group by class',
          jobId,
          kind,
          state,
        );
        return Object.fromEntries(found.map((one) => [one.class, one.count]));
      }),
    settleFinding: (jobId, kind, { id, state }) =>
      write(function* () {
        yield* rows('update finding set state = ? where job_id = ? and kind = ? and id = ?', state, jobId, kind, id);
      }),
    dropOlder: ({ jobId, kind, id }) =>
      write(function* () {
        const sql = 'delete from finding where job_id = ? and kind = ? and scan_id <> ? returning id';
        return (yield* rows(sql, jobId, kind, id)).length;
      }),
  };
}

function* saveScan(scan: Scan): Operation<void> {
  yield* rows(
    `insert into scan (job_id, kind, id, state, started_ms, ended_ms, position, detail) values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (job_id, kind) do update set id = excluded.id, state = excluded.state, started_ms = excluded.started_ms,
       ended_ms = excluded.ended_ms, position = excluded.position, detail = excluded.detail`,
    scan.jobId,
    scan.kind,
    scan.id,
    scan.state,
    scan.startedMs,
    scan.endedMs,
    scan.position,
    JSON.stringify(scan.detail),
  );
}

function* saveFindings(
  scan: Scan,
  findings: Parameters<FindingStore['saveFindings']>[1],
  nowMs: number,
): Operation<void> {
  for (const finding of findings) {
    yield* rows(
      `insert into finding (job_id, kind, id, scan_id, class, state, found_ms, body) values (?, ?, ?, ?, ?, 'open', ?, ?)
       on conflict (job_id, kind, id) do update set scan_id = excluded.scan_id, found_ms = excluded.found_ms,
         state = case when finding.state = 'ignored' and finding.class = excluded.class then 'ignored' else 'open' end,
         class = excluded.class, body = excluded.body`,
      scan.jobId,
      scan.kind,
      finding.id,
      scan.id,
      finding.class,
      nowMs,
      JSON.stringify(finding.body),
    );
  }
  yield* saveScan(scan);
}

function* listFindings(jobId: string, kind: ScanKind, query: FindingQuery): Operation<readonly Finding[]> {
  const conditions = ['job_id = ?', 'kind = ?', 'id > ?'];
  const parameters: SqlValue[] = [jobId, kind, query.after ?? ''];
  if (query.class !== undefined) {
    conditions.push('class = ?');
    parameters.push(query.class);
  }
  if (query.state !== undefined) {
    conditions.push('state = ?');
    parameters.push(query.state);
  }
  if (query.ids !== undefined) {
    conditions.push(query.ids.length === 0 ? '1 = 0' : `id in (${query.ids.map(() => '?').join(', ')})`);
    parameters.push(...query.ids);
  }
  const sql = `select * from finding where ${conditions.join(' and ')} order by id limit ?`;
  return (yield* rows<FindingRow>(sql, ...parameters, query.limit)).map(toFinding);
}

interface ScanRow {
  readonly job_id: string;
  readonly kind: ScanKind;
  readonly id: string;
  readonly state: Scan['state'];
  readonly started_ms: number;
  readonly ended_ms: number | null;
  readonly position: string | null;
  readonly detail: string;
}

interface FindingRow {
  readonly id: string;
  readonly scan_id: string;
  readonly class: string;
  readonly state: Finding['state'];
  readonly found_ms: number;
  readonly body: string;
}

// What is parsed here and below was written by this store from such objects, and by nobody else.
function toScan(found: ScanRow): Scan {
  const { job_id: jobId, kind, id, state, started_ms: startedMs, ended_ms: endedMs, position } = found;
  return { jobId, kind, id, state, startedMs, endedMs, position, detail: JSON.parse(found.detail) as JsonObject };
}

function toFinding(found: FindingRow): Finding {
  const { id, scan_id: scanId, state, found_ms: foundMs } = found;
  return { id, scanId, class: found.class, state, foundMs, body: JSON.parse(found.body) as JsonObject };
}
