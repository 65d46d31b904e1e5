import { lookAtApps } from '../drift/look-at-apps.ts';
import { warnOfExpiry } from '../mail/expiry-warnings.ts';
import type { MissedEvents } from '../mail/missed-events.ts';
import { type PeopleParts, prunePeople } from '../people/open-people.ts';
import type { RequestLogService } from '../request-log/request-log-service.ts';
import type { SsoService } from '../sso/sso-service.ts';
import type { Chore } from '../upkeep/upkeep-service.ts';
import type { Services } from './services.ts';

const SEND_MAIL_EVERY_MS = 5_000;
/** A crash loses the requests of so long, which are no more than a log. */
const KEEP_REQUESTS_EVERY_MS = 2_000;
/** After a crash, what a cycle had no time to tell is told so soon. */
const CATCH_UP_EVERY_MS = 60_000;
/** A session may outlive its account by less than a second. */
const LOOK_FOR_LEAVERS_MS = 500;
const CHECK_EVERY_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** So long sent mails are remembered, so that an event that comes up again says nothing. */
const MAIL_RETENTION_MS = 90 * DAY_MS;

/** What a server does for itself, again and again, beside the cycles of apps. */
export function choresOf(
  parts: Pick<Services, 'store' | 'apps' | 'mail' | 'audit' | 'discovery' | 'drift' | 'report'> & {
    readonly nowMs: () => number;
    readonly publicUrl: () => string;
    readonly missed: MissedEvents;
    readonly peopleParts: PeopleParts;
    readonly sso: SsoService;
    readonly requestLog: RequestLogService;
  },
): readonly Chore[] {
  const { store, mail, audit, requestLog, nowMs } = parts;
  return [
    {
      everyMs: KEEP_REQUESTS_EVERY_MS,
      failure: 'requests of SCIM clients could not be kept',
      work: () => requestLog.flush(),
    },
    { everyMs: CATCH_UP_EVERY_MS, failure: 'mails that were missed could not be made', work: parts.missed.catchUp },
    { everyMs: SEND_MAIL_EVERY_MS, failure: 'mails could not be sent', work: mail.sendDue },
    {
      everyMs: HOUR_MS,
      failure: 'tokens that end soon could not be looked for',
      work: (signal) => warnOfExpiry({ expiries: store.expiries, mail, nowMs, publicUrl: parts.publicUrl }, signal),
    },
    {
      everyMs: CHECK_EVERY_MS,
      failure: 'apps could not be looked at',
      work: (signal) => lookAtApps(parts, signal),
    },
    {
      everyMs: LOOK_FOR_LEAVERS_MS,
      failure: 'sessions of people who left could not be looked for',
      work: () => parts.sso.endSessionsOfLeavers(),
    },
    {
      everyMs: CHECK_EVERY_MS,
      failure: 'sessions that ended could not be dropped',
      work: () => prunePeople(parts.peopleParts),
    },
    {
      everyMs: HOUR_MS,
      failure: 'old entries of the audit log, requests, mails and plans could not be dropped',
      work: async (signal) => {
        await audit.prune(signal);
        await requestLog.prune(signal);
        await store.mails.prune(nowMs() - MAIL_RETENTION_MS, 1_000);
        await store.plans.prune(nowMs() - DAY_MS);
      },
    },
  ];
}
