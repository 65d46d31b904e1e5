import { isJsonObject, type Json } from '@lockstep/scim';
import type { AuditDifference, AuditStore } from '@lockstep/store';
import { diffJson } from '../apps/diff-json.ts';
import { maskMembers, maskSecrets } from '../observe/mask-secrets.ts';

/** One change of the configuration, seen from the request that made it. */
export interface ConfigChange {
  readonly actor: string;
  /** Method and path, such as `PUT /apps`. */
  readonly action: string;
  readonly subject: string;
  /** The state before and after, as the API shows it; `undefined` = it is not there, or nothing shows it. */
  readonly before?: Json | undefined;
  readonly after?: Json | undefined;
  /** Instead of the two, when whoever made the change told what differs. */
  readonly differences?: readonly AuditDifference[] | undefined;
}

/** Writes the audit log. */
export interface AuditService {
  record(change: ConfigChange): Promise<void>;
  /** Drops what is older than the retention. For the chores of the server. */
  prune(signal: AbortSignal): Promise<void>;
}

export interface AuditServiceOptions {
  readonly audit: AuditStore;
  /** 0 = for ever. */
  readonly retentionDays: number;
  readonly nowMs: () => number;
}

const DAY_MS = 86_400_000;
const PRUNE_BATCH = 500;
const DIFFERENCES_MAX = 500;
const VALUE_LENGTH_MAX = 2_000;

export function createAuditService({ audit, retentionDays, nowMs }: AuditServiceOptions): AuditService {
  return {
    record: async ({ actor, action, subject, before, after, differences: told }) => {
      const differences = told === undefined ? changesOf(before, after) : told.map(cleaned);
      await audit.append({ atMs: nowMs(), actor, action, subject: maskSecrets(subject), differences });
    },
    prune: async (signal) => {
      if (retentionDays === 0) return;
      const beforeMs = nowMs() - retentionDays * DAY_MS;
      while (!signal.aborted && (await audit.prune(beforeMs, PRUNE_BATCH)) === PRUNE_BATCH);
    },
  };
}

/** What changed, leaf by leaf, secrets masked; a leaf that is long is cut. */
function changesOf(before: Json | undefined, after: Json | undefined): readonly AuditDifference[] {
  const [first, second] = [masked(before), masked(after)];
  const base = first === undefined && isJsonObject(second) ? {} : first;
  const end = second === undefined && isJsonObject(first) ? {} : second;
  return diffJson(base, end).slice(0, DIFFERENCES_MAX).map(cleaned);
}

function cleaned({ what, before, after }: AuditDifference): AuditDifference {
  return { what, before: shown(before), after: shown(after) };
}

function masked(value: Json | undefined): Json | undefined {
  // Masking replaces texts by texts, so JSON stays JSON.
  return value === undefined ? undefined : (maskMembers(value) as Json);
}

function shown(text: string | null): string | null {
  if (text === null) return null;
  const clean = maskSecrets(text);
  return clean.length <= VALUE_LENGTH_MAX ? clean : `${clean.slice(0, VALUE_LENGTH_MAX)}...`;
}
