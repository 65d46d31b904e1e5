import { compareApp, type DriftFinding, fixDrift } from '@lockstep/engine';
import type { Finding, Scan, Store } from '@lockstep/store';
import type { JobRunner } from '../apps/job-runner.ts';
import type { DirectoryService } from '../directory/directory-service.ts';
import { LockstepError } from '../lockstep-error.ts';
import { addCounts, keptJson } from '../plans/kept-json.ts';

/** What is done about findings: overwrite the app, take over what the app has, or ignore. Reporting is doing nothing. */
export type DriftAction = 'overwrite' | 'adopt' | 'ignore';

export interface DriftRequest {
  readonly action: DriftAction;
  /** Absent = all that are open. */
  readonly ids?: readonly string[] | undefined;
}

/** What became of one finding. */
export interface DriftResult {
  readonly id: string;
  readonly state: 'done' | 'refused' | 'held' | 'failed';
  readonly text: string;
}

/** Compares apps with what they should be. */
export interface DriftService {
  scan(appId: string): Promise<Scan>;
  apply(appId: string, request: DriftRequest): Promise<readonly DriftResult[]>;
}

export interface DriftServiceOptions {
  readonly store: Pick<Store, 'findings' | 'engine'>;
  readonly jobs: Pick<JobRunner, 'use'>;
  readonly directory: DirectoryService;
  readonly nowMs: () => number;
  readonly newId: () => string;
}

const APPLY_MAX = 10_000;

export function createDriftService(options: DriftServiceOptions): DriftService {
  return { scan: (appId) => scan(appId, options), apply: (appId, request) => apply(appId, request, options) };
}

async function scan(appId: string, options: DriftServiceOptions): Promise<Scan> {
  const { findings } = options.store;
  const shared = { jobId: appId, kind: 'drift', id: options.newId(), position: null } as const;
  const begun: Scan = { ...shared, state: 'running', startedMs: options.nowMs(), endedMs: null, detail: {} };
  await findings.saveScan(begun);
  try {
    await options.jobs.use(appId, { isExclusive: false }, async (job, ports) => {
      for await (const page of compareApp(job, ports)) {
        await findings.saveFindings(begun, page.map(toFinding), options.nowMs());
      }
      if (ports.isStopping()) throw new LockstepError('stopping', 'the server is stopping');
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    await findings.saveScan({ ...begun, state: 'failed', endedMs: options.nowMs(), detail: { error: why } });
    throw error;
  }
  await findings.dropOlder(begun);
  const counts = await findings.countFindings(appId, 'drift', 'open');
  const done: Scan = { ...begun, state: 'done', endedMs: options.nowMs(), detail: { counts } };
  await findings.saveScan(done);
  return done;
}

function toFinding(one: DriftFinding): Omit<Finding, 'scanId' | 'state' | 'foundMs'> {
  return { id: `${one.class} ${one.objectType} ${one.targetId}`, class: one.class, body: keptJson(one) };
}

async function apply(
  appId: string,
  request: DriftRequest,
  options: DriftServiceOptions,
): Promise<readonly DriftResult[]> {
  const { ids } = request;
  const query = { limit: APPLY_MAX, state: 'open', ...(ids === undefined ? {} : { ids }) } as const;
  const found = await options.store.findings.findings(appId, 'drift', query);
  const results = await carryOut(appId, { found, action: request.action }, options);
  for (const { id, state } of results.filter((one) => one.state === 'done')) {
    const settled = request.action === 'ignore' ? 'ignored' : 'settled';
    if (state === 'done') await options.store.findings.settleFinding(appId, 'drift', { id, state: settled });
  }
  return results;
}

async function carryOut(
  appId: string,
  of: { readonly found: readonly Finding[]; readonly action: DriftAction },
  options: DriftServiceOptions,
): Promise<readonly DriftResult[]> {
  const { found, action } = of;
  if (action === 'ignore') return found.map(({ id }) => ({ id, state: 'done', text: 'It is ignored from now on.' }));
  if (action === 'adopt') {
    const results: DriftResult[] = [];
    for (const finding of found) results.push(await adopt(appId, finding, options));
    return results;
  }
  // Written by `scan` from such findings, and by nobody else.
  const drift = found.map((one) => one.body as unknown as DriftFinding);
  const outcomes = await options.jobs.use(appId, { isExclusive: true }, (job, ports) => fixDrift(job, ports, drift));
  return outcomes.map(({ at, state, text }) => ({ id: found[at]?.id ?? '', state, text }));
}

/** Takes over what the app has: values that a mapping copies from one directory attribute, or that an account is gone. */
async function adopt(appId: string, finding: Finding, options: DriftServiceOptions): Promise<DriftResult> {
  const { id } = finding;
  // As above.
  const drift = finding.body as unknown as DriftFinding;
  const { sourceId, objectType } = drift;
  if (drift.class === 'missingAccount' && sourceId !== undefined) {
    await options.store.engine.recordOutcomes(appId, [{ objectType, sourceId, link: null }]);
    return { id, state: 'done', text: 'The link is dropped; the account is made again when the person changes.' };
  }
  if (drift.class !== 'changedAttributes' || sourceId === undefined) {
    return { id, state: 'refused', text: 'Only changed attributes and missing accounts can be taken over.' };
  }
  const changes: Record<string, string | null> = {};
  await options.jobs.use(appId, { isExclusive: false }, async (job) => {
    for (const { attribute, oldValue } of drift.changes) {
      const row = job.objects[objectType].mapping.mappings.find((one) => one.path.text === attribute);
      const source = row?.mapping.source;
      if (source?.kind === 'attribute') addValue(changes, source.name, oldValue);
    }
  });
  if (Object.keys(changes).length < drift.changes.length) {
    return {
      id,
      state: 'refused',
      text: 'A value comes from an expression or a constant, which cannot be turned round.',
    };
  }
  try {
    await options.directory.update(objectType === 'user' ? 'User' : 'Group', sourceId, changes);
  } catch (error) {
    return { id, state: 'failed', text: error instanceof Error ? error.message : 'the directory refuses it' };
  }
  return { id, state: 'done', text: `The directory has ${Object.keys(changes).join(', ')} of the app now.` };
}

function addValue(changes: Record<string, string | null>, name: string, value: string | null): void {
  changes[name] = value;
}

/** Results by state. */
export function countResults(results: readonly DriftResult[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { state } of results) addCounts(counts, { [state]: 1 });
  return counts;
}
