import type { EngineStore } from '@lockstep/engine/ports';
import type { Database } from '../database/database.ts';
import { countEscrows, dueEscrows, escrowsOf, failureCounts } from './escrow-operations.ts';
import { changeLife, listCycles, readLife, recordCycle } from './life-operations.ts';
import { countLinks, linkByTarget, linkPage, links, linksNaming } from './link-operations.ts';
import { pruneLog, verifyLog } from './log-chain.ts';
import { queryLog } from './log-operations.ts';
import {
  openIntents,
  pendingReferences,
  recordIntents,
  recordMembers,
  recordOutcomes,
  referencesTo,
  resolvableReferences,
  sentMembers,
} from './outcome-operations.ts';
import { countStaged, decideStaged, listStaged, stagedOf } from './staged-operations.ts';
import { acquireLease, readState, releaseLease, resetJob, saveState } from './state-operations.ts';

/** The engine's store over a database. */
export function createEngineStore(database: Database): EngineStore {
  const { read, write } = database;
  return {
    acquireLease: (jobId, holder, times) => write(() => acquireLease(jobId, holder, times)),
    releaseLease: (jobId, holder) => write(() => releaseLease(jobId, holder)),
    state: (jobId) => read(() => readState(jobId)),
    saveState: (state, fence) => write(() => saveState(state, fence)),
    recordCycle: (jobId, summary) => write(() => recordCycle(jobId, summary)),
    cycles: (jobId, limit) => read(() => listCycles(jobId, limit)),
    life: (jobId) => read(() => readLife(jobId)),
    changeLife: (jobId, change, fence) => write(() => changeLife(jobId, change, fence)),
    links: (jobId, objectType, sourceIds) => read(() => links(jobId, objectType, sourceIds)),
    linkPage: (jobId, objectType, page) => read(() => linkPage(jobId, objectType, page)),
    countLinks: (jobId) => read(() => countLinks(jobId)),
    linksNaming: (jobId, text) => read(() => linksNaming(jobId, text)),
    linkByTarget: (jobId, objectType, targetId) => read(() => linkByTarget(jobId, objectType, targetId)),
    recordIntents: (jobId, intents, fence) => write(() => recordIntents(jobId, intents, fence)),
    recordOutcomes: (jobId, outcomes, fence) => write(() => recordOutcomes(jobId, outcomes, fence)),
    openIntents: (jobId) => read(() => openIntents(jobId)),
    sentMembers: (jobId, groupId, page) => read(() => sentMembers(jobId, groupId, page)),
    recordMembers: (jobId, outcome, fence) => write(() => recordMembers(jobId, outcome, fence)),
    resolvableReferences: (jobId, page) => read(() => resolvableReferences(jobId, page)),
    pendingReferences: (jobId, objectType, sourceIds) => read(() => pendingReferences(jobId, objectType, sourceIds)),
    referencesTo: (jobId, referencedIds) => read(() => referencesTo(jobId, referencedIds)),
    dueEscrows: (jobId, nowMs, limit) => read(() => dueEscrows('escrow', jobId, { nowMs, limit })),
    dueReferenceEscrows: (jobId, nowMs, limit) => read(() => dueEscrows('reference_escrow', jobId, { nowMs, limit })),
    escrows: (jobId, objectType, sourceIds) => read(() => escrowsOf('escrow', jobId, { objectType, sourceIds })),
    referenceEscrows: (jobId, objectType, sourceIds) =>
      read(() => escrowsOf('reference_escrow', jobId, { objectType, sourceIds })),
    countEscrows: (jobId) => read(() => countEscrows(jobId)),
    failureCounts: (jobId) => read(() => failureCounts(jobId)),
    staged: (jobId, query) => read(() => listStaged(jobId, query)),
    stagedOf: (jobId, objectType, sourceIds) => read(() => stagedOf(jobId, objectType, sourceIds)),
    countStaged: (jobId) => read(() => countStaged(jobId)),
    decideStaged: (jobId, decision) => write(() => decideStaged(jobId, decision)),
    reset: (jobId, what) => write(() => resetJob(jobId, what)),
    log: (query) => read(() => queryLog(query)),
    pruneLog: (beforeMs, limit) => write(() => pruneLog(beforeMs, limit)),
    verifyLog: () => verifyLog(database),
  };
}
