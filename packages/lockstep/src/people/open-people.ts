import type { Store } from '@lockstep/store';
import type { AuditService } from '../audit/audit-service.ts';
import type { Settings } from '../settings/read-settings.ts';
import { type BackOff, createBackOff } from './back-off.ts';
import { createKeyService, type KeyService } from './key-service.ts';
import { createOneTime, type OneTime } from './one-time.ts';
import { createPeopleService, type PeopleService } from './people-service.ts';
import { createSessionService, type SessionService } from './session-service.ts';

/** Who signs in, with what, and for how long. */
export interface PeopleParts {
  readonly people: PeopleService;
  readonly keys: KeyService;
  readonly sessions: SessionService;
  readonly oneTime: OneTime;
  readonly backOff: BackOff;
}

export interface OpenPeopleOptions {
  readonly store: Store;
  readonly audit: AuditService;
  readonly settings: Pick<Settings, 'sessionIdleMinutes' | 'sessionHours'>;
  readonly nowMs: () => number;
  readonly newId: () => string;
}

/** Puts the parts together over a store. */
export function openPeople({ store, audit, settings, nowMs, newId }: OpenPeopleOptions): PeopleParts {
  const sessions = createSessionService({
    sessions: store.sessions,
    nowMs,
    newId,
    idleMs: settings.sessionIdleMinutes * 60_000,
    absoluteMs: settings.sessionHours * 3_600_000,
  });
  const oneTime = createOneTime(store.signIn, nowMs);
  const backOff = createBackOff(store.people, nowMs);
  const people = createPeopleService({ people: store.people, sessions, oneTime, backOff, audit, nowMs, newId });
  return { people, keys: createKeyService(store.people, nowMs), sessions, oneTime, backOff };
}

/** What of it has ended is dropped now and then. */
export async function prunePeople({ sessions, oneTime, backOff }: PeopleParts): Promise<void> {
  await sessions.prune();
  await oneTime.prune();
  await backOff.prune();
}
