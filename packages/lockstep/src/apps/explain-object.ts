import { type CompiledJob, directoryOf, judgeGroupScope, judgeScope, type ScopeVerdict } from '@lockstep/engine';
import type {
  Directory,
  EngineStore,
  Escrow,
  JobLife,
  LogRecord,
  ObjectType,
  StagedRemoval,
} from '@lockstep/engine/ports';

/** Everything that decides about one person or group in one app, and the same in sentences. */
export interface Explanation {
  readonly objectType: ObjectType;
  readonly sourceId: string;
  readonly displayName: string;
  readonly inScope: boolean;
  readonly scope: string;
  /** Account in the app. */
  readonly targetId?: string;
  readonly linkState?: 'managed' | 'released';
  readonly roles: readonly string[];
  readonly failure?: Escrow;
  readonly referenceFailure?: Escrow;
  readonly staged: readonly StagedRemoval[];
  readonly waitsFor: readonly { readonly attribute: string; readonly referencedId: string }[];
  readonly records: readonly LogRecord[];
  readonly sentences: readonly string[];
}

export interface ExplainPorts {
  readonly store: EngineStore;
  readonly directory: Directory;
}

type Subject = { readonly objectType: ObjectType; readonly sourceId: string };

const RECORDS = 5;

/** Reads what decides about an object. Asks nobody but the directory and the store, and changes nothing. */
export async function explainObject(job: CompiledJob, ports: ExplainPorts, subject: Subject): Promise<Explanation> {
  const { id: jobId } = job.definition;
  const { objectType, sourceId } = subject;
  const { store } = ports;
  const seen = await judge(job, ports, subject);
  const [links, escrows, references, staged, waitsFor, records, life] = await Promise.all([
    store.links(jobId, objectType, [sourceId]),
    store.escrows(jobId, objectType, [sourceId]),
    store.referenceEscrows(jobId, objectType, [sourceId]),
    store.stagedOf(jobId, objectType, [sourceId]),
    store.pendingReferences(jobId, objectType, [sourceId]),
    store.log({ jobId, sourceId, limit: RECORDS }),
    store.life(jobId),
  ]);
  const link = links.get(sourceId);
  const facts = {
    objectType,
    sourceId,
    displayName: seen.displayName,
    inScope: seen.verdict?.inScope ?? false,
    scope: scopeText(seen.verdict),
    ...(link === undefined ? {} : { targetId: link.targetId, linkState: link.state }),
    roles: seen.roles,
    ...(escrows[0] === undefined ? {} : { failure: escrows[0] }),
    ...(references[0] === undefined ? {} : { referenceFailure: references[0] }),
    staged,
    waitsFor: waitsFor.map(({ attribute, referencedId }) => ({ attribute, referencedId })),
    records,
  };
  return { ...facts, sentences: [...tell(facts), ...standingText(life)] };
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
  readonly verdict: ScopeVerdict | undefined;
  readonly roles: readonly string[];
}

async function judge(job: CompiledJob, ports: ExplainPorts, { objectType, sourceId }: Subject): Promise<Seen> {
  const { id: jobId } = job.definition;
  const directory = directoryOf(job.definition, ports.directory);
  const rules = job.objects[objectType];
  const nameOf = (value: unknown): string => (typeof value === 'string' ? value : sourceId);
  if (objectType === 'group') {
    const [group] = await directory.groups(jobId, [sourceId]);
    if (group === undefined) return { displayName: sourceId, verdict: undefined, roles: [] };
    const verdict = judgeGroupScope(group, rules.scope);
    return { displayName: nameOf(group.attributes['displayName']), verdict, roles: [] };
  }
  const [user] = await directory.users(jobId, [sourceId], rules.filterGroupIds);
  if (user === undefined) return { displayName: sourceId, verdict: undefined, roles: [] };
  const roles = user.roles.map((role) => role.displayName);
  return { displayName: nameOf(user.attributes['displayName']), verdict: judgeScope(user, rules.scope), roles };
}

function scopeText(verdict: ScopeVerdict | undefined): string {
  if (verdict === undefined) return 'The directory does not know the object.';
  return verdict.inScope ? 'In scope of the app.' : `Out of scope: ${verdict.text}`;
}

function tell(facts: Omit<Explanation, 'sentences'>): readonly string[] {
  const { failure, referenceFailure, staged, waitsFor, records, roles } = facts;
  const sentences = [facts.scope, linkText(facts)];
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
  return sentences;
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
