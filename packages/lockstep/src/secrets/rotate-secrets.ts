import { type SealedChange, type SealedKind, type SealedRow, type SealedStore, sealedKinds } from '@lockstep/store';
import { LockstepError } from '../lockstep-error.ts';
import type { KeyRing, KeyStanding } from './key-ring.ts';
import { sealOwner } from './seal-owner.ts';
import { createSecretBox, keyIdOf } from './secret-box.ts';

/** What a change of the master key did. */
export interface Rotation {
  /** The key that seals now. */
  readonly keyId: string;
  readonly resealed: number;
  /** Rows that no key opens; they were lost before. */
  readonly unreadable: readonly Pick<SealedRow, 'kind' | 'id'>[];
}

/** How many sealed texts there are, by what they belong to and by key. */
export interface SecretsStanding extends KeyStanding {
  /** When the key came into use in the place of another; `undefined` = it is the first one, or nobody noted it. */
  readonly rotatedMs: number | undefined;
  readonly sealed: readonly {
    readonly kind: SealedKind;
    readonly keyId: string;
    readonly count: number;
    /** Whether a key opens them. */
    readonly isReadable: boolean;
  }[];
}

const BATCH = 100;
/** Another process may seal with the old key until it meets the new one; so often everything is looked through. */
const PASSES_MAX = 10;

/** Steps after which the process may die; tests let it. */
export type RotationStep = 'begun' | 'batch' | 'resealed' | 'finished';

export interface RotationOptions {
  readonly nowMs: () => number;
  /** Told after each step. */
  readonly reached?: (step: RotationStep) => void;
}

/**
 * Changes the master key: a next key is made and seals from then on, every sealed text is opened with its key and sealed with the
 * next one in batches, each a transaction that leaves alone what was changed meanwhile, and only when a look through everything
 * finds nothing left the next key takes the place of the old one. Whoever dies in between goes on by calling this again.
 *
 * @throws {LockstepError} `conflict` when others keep sealing with the old key
 */
export async function rotateSecrets(
  ring: KeyRing,
  sealed: SealedStore,
  { nowMs, reached = () => undefined }: RotationOptions,
): Promise<Rotation> {
  const next = ring.begin();
  reached('begun');
  let resealed = 0;
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    const done = await resealAll({ ring, sealed, nextId: next.id, reached });
    resealed += done.resealed;
    if (done.seen > 0) continue;
    reached('resealed');
    // Before the last step, which has no way back: whoever dies in between knows the time all the same.
    await sealed.noteRotation({ keyId: next.id, atMs: nowMs() });
    ring.finish();
    reached('finished');
    return { keyId: next.id, resealed, unreadable: done.unreadable };
  }
  const hint = 'Stop processes that still seal with the old key, or give them the new one, and run it again.';
  throw new LockstepError('conflict', 'sealed texts of the old key keep coming up', { hint });
}

interface Pass {
  readonly ring: KeyRing;
  readonly sealed: SealedStore;
  readonly nextId: string;
  readonly reached: (step: RotationStep) => void;
}

interface PassOutcome {
  /** Texts of another key that a key opens. */
  readonly seen: number;
  readonly resealed: number;
  readonly unreadable: readonly Pick<SealedRow, 'kind' | 'id'>[];
}

async function resealAll({ ring, sealed, nextId, reached }: Pass): Promise<PassOutcome> {
  const box = createSecretBox(ring);
  let [seen, resealed] = [0, 0];
  const unreadable: Pick<SealedRow, 'kind' | 'id'>[] = [];
  for await (const page of pages(sealed)) {
    const changes: SealedChange[] = [];
    for (const row of page.filter((one) => keyIdOf(one.sealed) !== nextId)) {
      const owner = sealOwner[row.kind](row.id);
      const text = box.tryOpen(row.sealed, owner);
      if (text === undefined) unreadable.push({ kind: row.kind, id: row.id });
      else changes.push({ row, sealed: box.seal(text, owner) });
    }
    seen += changes.length;
    if (changes.length === 0) continue;
    resealed += await sealed.replace(changes);
    reached('batch');
  }
  return { seen, resealed, unreadable };
}

async function* pages(sealed: SealedStore): AsyncGenerator<readonly SealedRow[]> {
  for (const kind of sealedKinds) {
    for (let after = ''; ; ) {
      const page = await sealed.page(kind, { after, limit: BATCH });
      if (page.length > 0) yield page;
      const last = page.at(-1);
      if (last === undefined || page.length < BATCH) break;
      after = last.id;
    }
  }
}

/** Counts sealed texts by key. */
export async function secretsStanding(ring: KeyRing, sealed: SealedStore): Promise<SecretsStanding> {
  const counts = new Map<string, { kind: SealedKind; keyId: string; count: number; isReadable: boolean }>();
  for await (const page of pages(sealed)) {
    for (const row of page) {
      const keyId = keyIdOf(row.sealed) ?? 'unknown';
      const isReadable = ring.find(keyId) !== undefined;
      const counted = counts.get(`${row.kind} ${keyId}`) ?? { kind: row.kind, keyId, count: 0, isReadable };
      counts.set(`${row.kind} ${keyId}`, { ...counted, count: counted.count + 1 });
    }
  }
  const standing = ring.standing();
  const last = await sealed.lastRotation();
  const rotatedMs = last?.keyId === standing.keyId ? last.atMs : undefined;
  return { ...standing, rotatedMs, sealed: [...counts.values()] };
}

/**
 * Fails closed: with a key that does not open what is stored, nothing is begun, so that no secret is sealed with the wrong one.
 *
 * @throws {LockstepError} `badSetting`
 */
export async function requireRightKey(ring: KeyRing, sealed: SealedStore, file: string): Promise<void> {
  const { sealed: counts, keyId } = await secretsStanding(ring, sealed);
  const strange = counts.filter((one) => !one.isReadable);
  if (strange.length === 0) return;
  const count = strange.reduce((sum, one) => sum + one.count, 0);
  const ids = [...new Set(strange.map((one) => one.keyId))].join(', ');
  const hint = `Put back the key with that id (${file}, or ${file}.retired-ID). If it is lost, the secrets are: \`lockstep secrets drop\` takes them away, and they are entered anew.`;
  throw new LockstepError(
    'badSetting',
    `the master key in ${file} (${keyId}) is not the one that ${count} stored secrets were sealed with (${ids})`,
    { hint },
  );
}

/** Takes away what no key opens; returns what it was. */
export async function dropUnreadable(ring: KeyRing, sealed: SealedStore): Promise<readonly SealedRow[]> {
  const lost: SealedRow[] = [];
  for await (const page of pages(sealed)) {
    lost.push(...page.filter((row) => ring.find(keyIdOf(row.sealed) ?? '') === undefined));
  }
  await sealed.drop(lost);
  return lost;
}
