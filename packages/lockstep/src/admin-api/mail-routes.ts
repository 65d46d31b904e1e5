import { createRoute } from '@hono/zod-openapi';
import type { StoredMail } from '@lockstep/store';
import { z } from 'zod';
import { type MailServer, readMailUrl } from '../mail/mail-server.ts';
import { senderOf } from '../mail/mail-transport.ts';
import type { Services } from '../server/services.ts';
import type { SettingSource, Settings } from '../settings/read-settings.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, limitOf, problems, takes, timeText } from './shapes.ts';

/** A mail whose last attempt failed. */
export interface MailFailureShape {
  readonly subject: string;
  readonly to: readonly string[];
  readonly createdAt: string;
  readonly attempts: number;
  /** What the mail server said. */
  readonly error: string;
  /** When it is tried again; null = it was given up. */
  readonly nextAt: string | null;
}

/** How notifications by mail stand. */
export interface MailShape {
  readonly isOn: boolean;
  readonly server: (Omit<MailServer, 'password'> & { readonly hasPassword: boolean }) | null;
  /** The sender; null while there is no mail server. */
  readonly from: string | null;
  /** Who is told about the server itself, and about apps that name nobody. */
  readonly to: readonly string[];
  readonly sources: { readonly server: SettingSource; readonly from: SettingSource; readonly to: SettingSource };
  readonly waiting: number;
  /** Mails that were given up. */
  readonly failed: number;
  /** The newest first. */
  readonly failures: readonly MailFailureShape[];
}

const source: z.ZodType<SettingSource> = z.object({
  kind: z.enum(['flag', 'environment', 'file', 'default']),
  name: z.string().nullable(),
});

export const mailSchema: z.ZodType<MailShape> = z.object({
  isOn: z.boolean(),
  server: z
    .object({
      host: z.string(),
      port: z.number(),
      security: z.enum(['tls', 'starttls', 'whenOffered']),
      user: z.string().nullable(),
      hasPassword: z.boolean(),
    })
    .nullable(),
  from: z.string().nullable(),
  to: z.array(z.string()),
  sources: z.object({ server: source, from: source, to: source }),
  waiting: z.number(),
  failed: z.number(),
  failures: z.array(
    z.object({
      subject: z.string(),
      to: z.array(z.string()),
      createdAt: z.string(),
      attempts: z.number(),
      error: z.string(),
      nextAt: z.string().nullable(),
    }),
  ),
});

const routes = {
  show: createRoute({
    method: 'get',
    path: '/mail',
    tags: ['server'],
    summary: 'How notifications by mail stand: settings without the password, what waits, and the last failures',
    request: { query: z.object({ failures: limitOf(20, 100).describe('How many failures are told at most') }) },
    responses: { 200: answers('How it stands', mailSchema), ...problems },
  }),
  test: createRoute({
    method: 'post',
    path: '/mail/test',
    tags: ['server'],
    summary: 'Sends a mail at once, and tells what the mail server said',
    request: { body: takes(z.strictObject({ to: z.email().max(320) })) },
    responses: { 200: answers('It was taken', z.object({ to: z.string() })), ...problems },
  }),
} as const;

/** Adds the routes of notifications by mail. */
export function addMailRoutes(api: AdminApi, { mail, store, settings }: Services): void {
  api.openapi(routes.show, async (context) => {
    const [waiting, failed, failures] = await Promise.all([
      store.mails.count('waiting'),
      store.mails.count('failed'),
      store.mails.failures(context.req.valid('query').failures),
    ]);
    return context.json({ ...showSettings(settings), waiting, failed, failures: failures.map(showFailure) }, 200);
  });
  api.openapi(routes.test, async (context) => {
    const { to } = context.req.valid('json');
    await mail.test(to);
    return context.json({ to }, 200);
  });
}

function showSettings(settings: Settings): Pick<MailShape, 'isOn' | 'server' | 'from' | 'to' | 'sources'> {
  const { mailUrl, mailFrom, mailTo, sources } = settings;
  const told = { server: sources.mailUrl, from: sources.mailFrom, to: sources.mailTo };
  if (mailUrl === undefined) return { isOn: false, server: null, from: null, to: mailTo, sources: told };
  const { password, ...server } = readMailUrl(mailUrl);
  return {
    isOn: true,
    server: { ...server, hasPassword: password !== null },
    from: senderOf(server.host, mailFrom),
    to: mailTo,
    sources: told,
  };
}

function showFailure(mail: StoredMail): MailFailureShape {
  const { content, recipients, createdMs, attempts, error, state, dueMs } = mail;
  const nextAt = state === 'waiting' ? timeText(dueMs) : null;
  return {
    subject: content.subject,
    to: recipients,
    createdAt: timeText(createdMs),
    attempts,
    error: error ?? '',
    nextAt,
  };
}
