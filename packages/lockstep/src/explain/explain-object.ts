import {
  type CompiledJob,
  directoryOf,
  type Foreseen,
  foreseeObject,
  type OutOfScope,
  type SourceObjectOf,
} from '@lockstep/engine';
import type {
  Clock,
  Directory,
  EngineStore,
  Escrow,
  JobLife,
  Link,
  LogRecord,
  ObjectType,
  Random,
  StagedRemoval,
} from '@lockstep/engine/ports';
import type { AssignedBy, Assignments } from './assigned-by.ts';
import { type NextStep, nextStep } from './next-step.ts';

/** Everything that decides about one person or group in one app, and the same in sentences. */
export interface Explanation {
  readonly objectType: ObjectType;
  readonly sourceId: string;
  readonly displayName: string;
  readonly inScope: boolean;
  readonly scope: string;
  /** What keeps it out; absent when it is in scope, or unknown to the directory. */
  readonly because?: OutOfScope;
  /** Title of the filter that lets it in; absent when there is none. */
  readonly filter?: string;
  /** Its own assignment, and those of groups that hold it. */
  readonly assignedBy: readonly AssignedBy[];
  /** Account in the app. */
  readonly targetId?: string;
  /** What the account is called, as last sent or read. */
  readonly account?: string;
  readonly linkState?: 'managed' | 'released';
  readonly roles: readonly string[];
  readonly failure?: Escrow;
  readonly referenceFailure?: Escrow;
  readonly staged: readonly StagedRemoval[];
  readonly waitsFor: readonly { readonly attribute: string; readonly referencedId: string }[];
  readonly records: readonly LogRecord[];
  /** Absent when the directory does not know the object. */
  readonly next?: NextStep;
  readonly life: JobLife;
  readonly sentences: readonly string[];
}

export interface ExplainPorts {
  readonly store: EngineStore;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly random: Random;
  readonly defaultDomain?: string | undefined;
}

/** About whom, and how much of the log. */
export interface ExplainSubject {
  readonly objectType: ObjectType;
  readonly sourceId: string;
  readonly assignments: Assignments;
  /** How many of its newest log records. Default 5. */
  readonly records?: number;
}

/** Reads what decides about an object. Asks nobody but the directory and the store, and changes nothing. */
export async function explainObject(
  job: CompiledJob,
  ports: ExplainPorts,
  subject: ExplainSubject,
): Promise<Explanation> {
  const { id: jobId, nestedGroups } = job.definition;
  const { objectType, sourceId, assignments, records: limit = 5 } = subject;
  const { store } = ports;
  const [links, escrows, references, staged, waitsFor, records, life] = await Promise.all([
    store.links(jobId, objectType, [sourceId]),
    store.escrows(jobId, objectType, [sourceId]),
    store.referenceEscrows(jobId, objectType, [sourceId]),
    store.stagedOf(jobId, objectType, [sourceId]),
    store.pendingReferences(jobId, objectType, [sourceId]),
    store.log({ jobId, sourceId, limit }),
    store.life(jobId),
  ]);
  const link = links.get(sourceId);
  const seen = await foresee(job, ports, { objectType, sourceId, link });
  const facts = {
    objectType,
    sourceId,
    displayName: seen.displayName,
    ...scopeFacts(seen.foreseen),
    assignedBy: assignments.of(jobId, nestedGroups === 'flatten'),
    ...(link === undefined ? {} : accountFacts(link)),
    roles: seen.roles,
    ...(escrows[0] === undefined ? {} : { failure: escrows[0] }),
    ...(references[0] === undefined ? {} : { referenceFailure: references[0] }),
    staged,
    waitsFor: waitsFor.map(({ attribute, referencedId }) => ({ attribute, referencedId })),
    records,
    ...(seen.foreseen === undefined ? {} : { next: nextStep(seen.foreseen) }),
    life,
  };
  return { ...facts, sentences: [...tell(facts), ...standingText(life)] };
}

function scopeFacts(foreseen: Foreseen | undefined): Pick<Explanation, 'inScope' | 'scope' | 'because' | 'filter'> {
  if (foreseen === undefined) return { inScope: false, scope: 'The directory does not know the object.' };
  const { verdict, filter } = foreseen;
  if (!verdict.inScope) return { inScope: false, scope: `Out of scope: ${verdict.text}`, because: verdict.because };
  return { inScope: true, scope: 'In scope of the app.', ...(filter === undefined ? {} : { filter }) };
}

function accountFacts({ targetId, state, view }: Link): Pick<Explanation, 'targetId' | 'linkState' | 'account'> {
  const name = view['userName'] ?? view['displayName'];
  return { targetId, linkState: state, ...(typeof name === 'string' ? { account: name } : {}) };
}

/** What keeps the whole job from going on, whoever is asked about. */
function standingText({ state, quarantine, because }: JobLife): readonly string[] {
  switch (state) {
    case 'Active':
    case 'NotRun':
      return [];
    case 'Paused':
      return ['The provisioning is paused: no cycle comes by itself until it is started.'];
    case 'Disabled':
      return [`The provisioning is disabled${because === undefined ? '.' : `: ${because}`}`];
    case 'Quarantine': {
      if (quarantine === undefined) return ['The provisioning is in quarantine.'];
      const { reason, message, nextAttemptMs } = quarantine;
      return [
        `The provisioning is in quarantine (${reason}): ${message} Tried again not before ${timeOf(nextAttemptMs)}.`,
      ];
    }
  }
}

interface Seen {
  readonly displayName: string;
  readonly roles: readonly string[];
  /** Absent when the directory does not know the object. */
  readonly foreseen: Foreseen | undefined;
}

async function foresee(
  job: CompiledJob,
  ports: ExplainPorts,
  about: { readonly objectType: ObjectType; readonly sourceId: string; readonly link: Link | undefined },
): Promise<Seen> {
  const { objectType, sourceId, link } = about;
  const object = await readObject(job, ports.directory, { objectType, sourceId });
  if (object === undefined) return { displayName: sourceId, roles: [], foreseen: undefined };
  const { attributes } = object.objectType === 'user' ? object.user : object.group;
  const name = attributes['displayName'];
  const { clock, random, defaultDomain } = ports;
  const context = {
    nowMs: clock.nowMs(),
    random: random.fraction,
    randomGuid: random.guid,
    ...(defaultDomain === undefined ? {} : { defaultDomain }),
  };
  return {
    displayName: typeof name === 'string' ? name : sourceId,
    roles: object.objectType === 'user' ? object.user.roles.map((role) => role.displayName) : [],
    foreseen: foreseeObject(job, object, { link, context }),
  };
}

async function readObject(
  job: CompiledJob,
  whole: Directory,
  { objectType, sourceId }: { readonly objectType: ObjectType; readonly sourceId: string },
): Promise<SourceObjectOf | undefined> {
  const { id: jobId } = job.definition;
  const directory = directoryOf(job.definition, whole);
  if (objectType === 'group') {
    const [group] = await directory.groups(jobId, [sourceId]);
    return group === undefined ? undefined : { objectType, group };
  }
  const [user] = await directory.users(jobId, [sourceId], job.objects.user.filterGroupIds);
  return user === undefined ? undefined : { objectType, user };
}

function tell(facts: Omit<Explanation, 'sentences'>): readonly string[] {
  const { failure, referenceFailure, staged, waitsFor, records, roles, next } = facts;
  const sentences = [facts.scope, ...entitlementTexts(facts), linkText(facts)];
  if (roles.length > 0) sentences.push(`Holds the app roles ${roles.join(', ')}.`);
  if (failure !== undefined) sentences.push(failureText('The last attempt failed', failure));
  if (referenceFailure !== undefined) sentences.push(failureText('Writing a reference failed', referenceFailure));
  for (const one of staged) {
    sentences.push(
      `The guard holds a removal (${one.kind}, ${one.state}) since ${timeOf(one.stagedMs)}: ${one.reason}`,
    );
  }
  for (const { attribute, referencedId } of waitsFor.slice(0, 10)) {
    sentences.push(`${attribute} waits until ${referencedId} has an account in the app.`);
  }
  const [last] = records;
  if (last === undefined) sentences.push('No cycle has looked at it yet.');
  else {
    const why = last.error === undefined ? '' : `: ${last.error.reason}`;
    sentences.push(`Last looked at ${timeOf(last.atMs)}: ${last.action}, ${last.status}${why}`);
  }
  if (next !== undefined) sentences.push(`When it is looked at next: ${next.text}`);
  return sentences;
}

function entitlementTexts({ assignedBy, filter }: Pick<Explanation, 'assignedBy' | 'filter'>): readonly string[] {
  const nameOf = (one: AssignedBy): string => JSON.stringify(one.displayName ?? one.objectId);
  const texts = assignedBy.map((one) => {
    if (one.how === 'direct') return 'Assigned to the app directly.';
    if (one.how === 'group') return `Assigned by the group ${nameOf(one)}.`;
    if (one.counts) return `Assigned by the group ${nameOf(one)}, which holds it by a group within.`;
    return `The group ${nameOf(one)} is assigned and holds it by a group within, which the app does not count (groups.nested).`;
  });
  return filter === undefined ? texts : [...texts, `Let in by the filter ${JSON.stringify(filter)}.`];
}

function linkText({ targetId, linkState }: Pick<Explanation, 'targetId' | 'linkState'>): string {
  if (targetId === undefined) return 'The job knows no account of it in the app.';
  return linkState === 'released'
    ? `Its account ${targetId} was released when it left the scope, and is left alone.`
    : `Linked to the account ${targetId}.`;
}

function failureText(what: string, { errorCode, message, failures, nextAttemptMs }: Escrow): string {
  const times = failures === 1 ? 'once' : `${failures} times`;
  return `${what} (${errorCode}, ${times}): ${message} Tried again not before ${timeOf(nextAttemptMs)}, or when it changes.`;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
