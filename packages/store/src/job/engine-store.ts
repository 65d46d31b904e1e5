import type { EngineStore } from '@lockstep/engine/ports';
import type { Database } from '../database/database.ts';
import { row } from '../database/operation.ts';
import { countLinks, linkByTarget, linkPage, links } from './link-operations.ts';
import { queryLog } from './log-operations.ts';
import {
  dueEscrows,
  openIntents,
  recordIntents,
  recordMembers,
  recordOutcomes,
  resolvableReferences,
  sentMembers,
} from './outcome-operations.ts';
import { acquireLease, readState, releaseLease, resetJob, saveState } from './state-operations.ts';

/** The engine's store over a database. */
export function createEngineStore(database: Database): EngineStore {
  const { read, write } = database;
  return {
    acquireLease: (jobId, holder, times) => write(() => acquireLease(jobId, holder, times)),
    releaseLease: (jobId, holder) => write(() => releaseLease(jobId, holder)),
    state: (jobId) => read(() => readState(jobId)),
    saveState: (state, fence) => write(() => saveState(state, fence)),
    links: (jobId, objectType, sourceIds) => read(() => links(jobId, objectType, sourceIds)),
    linkPage: (jobId, objectType, page) => read(() => linkPage(jobId, objectType, page)),
    countLinks: (jobId) => read(() => countLinks(jobId)),
    linkByTarget: (jobId, objectType, targetId) => read(() => linkByTarget(jobId, objectType, targetId)),
    recordIntents: (jobId, intents) => write(() => recordIntents(jobId, intents)),
    recordOutcomes: (jobId, outcomes) => write(() => recordOutcomes(jobId, outcomes)),
    openIntents: (jobId) => read(() => openIntents(jobId)),
    sentMembers: (jobId, groupId, page) => read(() => sentMembers(jobId, groupId, page)),
    recordMembers: (jobId, outcome) => write(() => recordMembers(jobId, outcome)),
    resolvableReferences: (jobId, page) => read(() => resolvableReferences(jobId, page)),
    dueEscrows: (jobId, nowMs, limit) => read(() => dueEscrows(jobId, nowMs, limit)),
    countEscrows: (jobId) =>
      read(function* () {
        const found = yield* row<{ readonly count: number }>(
          'select count(*) as count from escrow where job_id = ?',
          jobId,
        );
        return found?.count ?? 0;
      }),
    reset: (jobId, what) => write(() => resetJob(jobId, what)),
    log: (query) => read(() => queryLog(query)),
  };
}
