import { createRoute } from '@hono/zod-openapi';
import type { StoredMail } from '@lockstep/store';
import { z } from 'zod';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { mailSettingsFields, type ServerSettingsShape, showSettings } from './settings-routes.ts';
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
export interface MailShape extends Omit<ServerSettingsShape, 'publicUrl'> {
  readonly isOn: boolean;
  readonly waiting: number;
  /** Mails that were given up. */
  readonly failed: number;
  /** The newest first. */
  readonly failures: readonly MailFailureShape[];
}

const failureSchema: z.ZodType<MailFailureShape> = z.object({
  subject: z.string(),
  to: z.array(z.string()),
  createdAt: z.string(),
  attempts: z.number(),
  error: z.string(),
  nextAt: z.string().nullable(),
});

export const mailSchema: z.ZodType<MailShape> = z.object({
  ...mailSettingsFields,
  isOn: z.boolean(),
  waiting: z.number(),
  failed: z.number(),
  failures: z.array(failureSchema),
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
export function addMailRoutes(api: AdminApi, services: Services): void {
  const { mail, store } = services;
  api.openapi(routes.show, async (context) => {
    const [{ publicUrl: _publicUrl, ...settings }, waiting, failed, failures] = await Promise.all([
      showSettings(services),
      store.mails.count('waiting'),
      store.mails.count('failed'),
      store.mails.failures(context.req.valid('query').failures),
    ]);
    const isOn = settings.mailServer.value !== null;
    return context.json({ ...settings, isOn, waiting, failed, failures: failures.map(showFailure) }, 200);
  });
  api.openapi(routes.test, async (context) => {
    const { to } = context.req.valid('json');
    await mail.test(to);
    return context.json({ to }, 200);
  });
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
