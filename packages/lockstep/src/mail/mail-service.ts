import type { CycleEvent, JobDefinition } from '@lockstep/engine';
import type { EngineStore } from '@lockstep/engine/ports';
import type { MailContent, MailStore, StoredMail } from '@lockstep/store';
import type { App, AppService } from '../apps/app-service.ts';
import { LockstepError } from '../lockstep-error.ts';
import { MASK, maskSecrets } from '../observe/mask-secrets.ts';
import { type EventMail, mailOfEvent } from './event-mail.ts';
import { MailRefused, type SendMail } from './mail-transport.ts';
import { renderMail } from './render-mail.ts';

/** Tells people by mail what happened. Whatever goes wrong with mails, cycles do not notice. */
export interface MailService {
  /** Makes the mail of an event, once; resolves when it is stored. Sending comes later. */
  note(event: CycleEvent): Promise<void>;
  /** Makes a mail to the server's own recipients, once for each key. */
  tell(key: string, content: MailContent): Promise<void>;
  /** Sends a mail at once. @throws {LockstepError} `badSetting` without a mail server, `unreachable` with its words */
  test(address: string): Promise<void>;
  /** Sends what is due. For the chores of the server. */
  sendDue(signal: AbortSignal): Promise<void>;
}

/** How mails are sent now. */
export interface Sending {
  /** `undefined` = there is no mail server: nothing is stored and nothing sent. */
  readonly send: SendMail | undefined;
  /** Who is told about apps without `notify`, and about the server itself. */
  readonly to: readonly string[];
}

export interface MailServiceOptions {
  readonly mails: MailStore;
  readonly apps: Pick<AppService, 'find' | 'secret'>;
  readonly engine: Pick<EngineStore, 'state'>;
  /** Asked each time, since the mail server may be changed while the server runs. */
  readonly sending: () => Sending;
  readonly publicUrl: () => string;
  readonly nowMs: () => number;
  readonly report: (message: string, error?: unknown) => void;
}

/** Waits between attempts; behind the last a mail is given up. */
export const MAIL_RETRY_MS: readonly number[] = [60_000, 300_000, 900_000, 3_600_000, 14_400_000, 43_200_000];
/** The hour (UTC) at which digests go out. */
const DIGEST_HOUR = 6;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const BATCH = 200;
/** For so long a claimed mail belongs to the process that sends it. */
const CLAIM_MS = 600_000;

export function createMailService(options: MailServiceOptions): MailService {
  const store = async (mail: Parameters<typeof keep>[1]): Promise<void> => {
    if (options.sending().send !== undefined && mail.recipients.length > 0) await keep(options, mail);
  };
  return {
    note: async (event) => {
      if (options.sending().send === undefined || event.kind === 'progress' || event.kind === 'started') return;
      const app = await options.apps.find(event.jobId);
      const mail = mailOfEvent(event, await namesOf(app, options));
      const to = recipientsOf(app.definition.notify, options.sending().to);
      if (mail === undefined || (mail.isFailure && app.definition.notify?.onFailure === false)) return;
      const isDigest = app.definition.notify?.digest === 'daily';
      await store({ mail: await withoutSecrets(mail, app, options), recipients: to, isDigest });
    },
    tell: (key, content) =>
      store({ mail: { key, content, isFailure: false }, recipients: options.sending().to, isDigest: false }),
    test: async (address) => sendTest(address, options),
    sendDue: (signal) => sendDue(options, signal),
  };
}

function recipientsOf(notify: JobDefinition['notify'], fallback: readonly string[]): readonly string[] {
  if (notify === undefined) return fallback;
  return typeof notify.mail === 'string' ? [notify.mail] : notify.mail;
}

async function namesOf(app: App, options: MailServiceOptions): Promise<Parameters<typeof mailOfEvent>[1]> {
  const { statistics } = await options.engine.state(app.id);
  const link = `${options.publicUrl()}/apps/${encodeURIComponent(app.id)}`;
  return { id: app.id, name: app.definition.name, link, lastSuccessId: statistics?.lastSuccess?.cycleId ?? 'none' };
}

/** An app may say its own token back in an answer, which then stands in the reason of a failure. */
async function withoutSecrets(mail: EventMail, app: App, options: MailServiceOptions): Promise<EventMail> {
  const secret = app.hasSecret ? await options.apps.secret(app).catch(() => '') : '';
  const clean = (text: string): string => maskSecrets(secret === '' ? text : text.replaceAll(secret, MASK));
  const { subject, paragraphs, facts, link } = mail.content;
  const content = {
    subject: clean(subject),
    paragraphs: paragraphs.map(clean),
    facts: facts.map(([name, value]) => [name, clean(value)] as const),
    ...(link === undefined ? {} : { link }),
  };
  return { ...mail, content };
}

async function keep(
  options: MailServiceOptions,
  made: { readonly mail: EventMail; readonly recipients: readonly string[]; readonly isDigest: boolean },
): Promise<void> {
  const { mail, recipients, isDigest } = made;
  const createdMs = options.nowMs();
  const shared = { eventKey: mail.key, createdMs, recipients, content: mail.content };
  if (!isDigest) await options.mails.add({ ...shared, dueMs: createdMs });
  else await options.mails.add({ ...shared, dueMs: nextDigestMs(createdMs), digest: recipients.join(',') });
}

/** The next time of day at which digests go out. */
export function nextDigestMs(nowMs: number): number {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS + DIGEST_HOUR * HOUR_MS;
  return today > nowMs ? today : today + DAY_MS;
}

async function sendDue(options: MailServiceOptions, signal: AbortSignal): Promise<void> {
  const { mails, nowMs } = options;
  const { send } = options.sending();
  if (send === undefined) return;
  while (!signal.aborted) {
    const due = await mails.claimDue(nowMs(), nowMs() + CLAIM_MS, BATCH);
    const groups = Map.groupBy(due, (mail) => mail.digest ?? `\n${mail.eventKey}`);
    for (const group of groups.values()) await sendGroup(group, send, options);
    if (due.length < BATCH) return;
  }
}

async function sendGroup(group: readonly StoredMail[], send: SendMail, options: MailServiceOptions): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  try {
    await send({ ...renderMail(group.map((mail) => mail.content)), to: first.recipients });
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    for (const mail of group) await postpone(mail, error, options);
    return;
  }
  for (const mail of group) await options.mails.settle(mail.eventKey, { state: 'sent' });
}

async function postpone(mail: StoredMail, error: MailRefused, options: MailServiceOptions): Promise<void> {
  const waitMs = error.isFinal ? undefined : MAIL_RETRY_MS[mail.attempts - 1];
  if (waitMs === undefined) {
    options.report(`a mail was given up after ${mail.attempts} attempts: ${error.message}`);
    await options.mails.settle(mail.eventKey, { state: 'failed', error: error.message });
    return;
  }
  const dueMs = options.nowMs() + waitMs;
  await options.mails.settle(mail.eventKey, { state: 'waiting', error: error.message, dueMs });
}

async function sendTest(address: string, options: MailServiceOptions): Promise<void> {
  const { send } = options.sending();
  if (send === undefined) {
    const hint = 'Set one under Settings, Mail, or with `lockstep settings set --mail-server`.';
    throw new LockstepError('badSetting', 'no mail server is set', { hint });
  }
  const content = {
    subject: 'a test',
    paragraphs: ['This is a test of the notifications. If you read it, they work.'],
    facts: [],
    link: options.publicUrl(),
  };
  try {
    await send({ ...renderMail([content]), to: [address] });
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    throw new LockstepError('unreachable', `the mail server would not take the mail: ${error.message}`, {
      cause: error,
    });
  }
}
