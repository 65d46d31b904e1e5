import type { CycleEvent } from '@lockstep/engine';
import type { JobLife } from '@lockstep/engine/ports';
import type { MailContent } from '@lockstep/store';

/** A mail about something that happened, before it is known who gets it. */
export interface EventMail {
  /** Names the event: the same event seen twice has the same key. */
  readonly key: string;
  readonly content: MailContent;
  /** Mails about failed cycles can be switched off by themselves. */
  readonly isFailure: boolean;
}

/** What a mail names. */
export interface AppNames {
  readonly id: string;
  readonly name: string;
  /** Page of the app in the console. */
  readonly link: string;
  /** The cycle that succeeded last: a series of failures of one kind begins behind it, and is one event. */
  readonly lastSuccessId: string;
}

/** The mail that an event of a cycle asks for, if it asks for one. */
export function mailOfEvent(event: CycleEvent, app: AppNames): EventMail | undefined {
  switch (event.kind) {
    case 'finished':
      return event.summary.state === 'failed' ? failureMail(event.summary, app) : undefined;
    case 'removalsHeld':
      return guardMail(event, app);
    case 'lifeChanged':
      return lifeMail(event, app);
    default:
      return undefined;
  }
}

function failureMail(summary: Extract<CycleEvent, { kind: 'finished' }>['summary'], app: AppNames): EventMail {
  const { code, message } = summary.error ?? { code: 'unknown', message: '' };
  return {
    key: `failure:${app.id}:${app.lastSuccessId}:${code}`,
    isFailure: true,
    content: {
      subject: `${app.name}: a cycle failed (${code})`,
      paragraphs: [
        `The ${summary.kind} cycle of ${app.name} failed as a whole. ${message}`,
        'The position stays, and the schedule tries again. As long as cycles fail for this reason no further mail comes.',
      ],
      facts: [
        ['Cycle', summary.cycleId],
        ['Began', timeText(summary.startedMs)],
        ['Ended', timeText(summary.endedMs)],
        ...countsOf(summary.counts),
      ],
      link: app.link,
    },
  };
}

function countsOf(counts: Extract<CycleEvent, { kind: 'finished' }>['summary']['counts']): MailContent['facts'] {
  const names = ['created', 'linked', 'updated', 'disabled', 'deleted', 'failed'] as const;
  return names.filter((name) => counts[name] > 0).map((name) => [name, String(counts[name])] as const);
}

function guardMail(event: Extract<CycleEvent, { kind: 'removalsHeld' }>, app: AppNames): EventMail {
  return {
    key: `guard:${event.jobId}:${event.cycleId}:${event.text}`,
    isFailure: false,
    content: {
      subject: `${app.name}: ${event.count} removals are held back`,
      paragraphs: [
        event.text,
        `Nothing of them was sent. Look at them with "lockstep staged", then approve or reject them: "lockstep approve" or "lockstep reject".`,
      ],
      facts: [
        ['App', app.name],
        ['Held', String(event.count)],
        ['Cycle', event.cycleId],
      ],
      link: app.link,
    },
  };
}

function lifeMail(event: Extract<CycleEvent, { kind: 'lifeChanged' }>, app: AppNames): EventMail | undefined {
  const { before, after } = event;
  if (after.state === 'Disabled' && before.state !== 'Disabled') return disabledMail(after, app);
  if (after.state === 'Paused' && before.state !== 'Paused') {
    return pausedMail(after, event.cycleId ?? app.lastSuccessId, app);
  }
  if (after.state === 'Quarantine') return quarantineMail(before, after, app);
  if (before.state !== 'Quarantine') return undefined;
  const series = before.quarantine?.seriesBeganMs ?? 0;
  const content = {
    subject: `${app.name}: out of quarantine`,
    paragraphs: [`A cycle of ${app.name} went well, so the quarantine is over. The job runs by its schedule again.`],
    facts: [['It began', timeText(series)]] as const,
    link: app.link,
  };
  return { key: `left:${app.id}:${series}`, isFailure: false, content };
}

function quarantineMail(before: JobLife, after: JobLife, app: AppNames): EventMail | undefined {
  const { quarantine } = after;
  if (quarantine === undefined) return undefined;
  const isNew = before.state !== 'Quarantine';
  const { reason, message, seriesBeganMs, currentBeganMs, nextAttemptMs } = quarantine;
  const first = isNew
    ? `${app.name} is in quarantine: its cycles run more and more rarely until one goes well, and after four weeks the job is disabled.`
    : `${app.name} is still in quarantine, now for another reason than before (${before.quarantine?.reason ?? 'none'}).`;
  return {
    key: `quarantine:${app.id}:${seriesBeganMs}:${reason}:${isNew ? '' : currentBeganMs}`,
    isFailure: false,
    content: {
      subject: isNew ? `${app.name}: in quarantine` : `${app.name}: another reason for the quarantine`,
      paragraphs: [first, message],
      facts: [
        ['Reason', reason],
        ['Next attempt', timeText(nextAttemptMs)],
        ['Since', timeText(seriesBeganMs)],
      ],
      link: app.link,
    },
  };
}

function disabledMail(after: JobLife, app: AppNames): EventMail {
  const series = after.quarantine?.seriesBeganMs ?? 0;
  return {
    key: `disabled:${app.id}:${series}`,
    isFailure: false,
    content: {
      subject: `${app.name}: the job is disabled`,
      paragraphs: [
        after.because ?? `${app.name} was in quarantine for four weeks, so its job is disabled.`,
        after.quarantine?.message ?? '',
        'Nothing is provisioned any more until somebody starts the job.',
      ].filter((one) => one !== ''),
      facts: [],
      link: app.link,
    },
  };
}

function pausedMail(after: JobLife, cycleId: string, app: AppNames): EventMail {
  return {
    key: `paused:${app.id}:${cycleId}`,
    isFailure: false,
    content: {
      subject: `${app.name}: the job has paused itself`,
      paragraphs: [
        after.because ?? 'Too much failed in the initial cycle.',
        'Nothing is provisioned until somebody starts it.',
      ],
      facts: [],
      link: app.link,
    },
  };
}

function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
