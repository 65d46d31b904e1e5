import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import type { MailServer } from '../mail/mail-server.ts';
import { senderOf } from '../mail/mail-transport.ts';
import type { Services } from '../server/services.ts';
import type { EffectiveSource, SettingStanding } from '../settings/server-settings.ts';
import { type StoredMailServer, settingsChangeForm } from '../settings/stored-values.ts';
import type { AdminApi } from './create-admin-api.ts';
import { timeOrNull } from './credential-shape.ts';
import { answers, problems, takes } from './shapes.ts';

/** A setting of the server as it holds now. */
export interface SettingShape<T> {
  readonly value: T;
  /** `stored`: made in the console or by the API; anything else but `default` fixes it from outside. */
  readonly source: EffectiveSource;
  /** When what is stored was made, and by whom; null = nothing is stored. */
  readonly changedAt: string | null;
  readonly changedBy: string | null;
}

/** A mail server without its password. */
export type MailServerShape = StoredMailServer & { readonly hasPassword: boolean };

/** Settings that may be made while the server runs. */
export interface ServerSettingsShape {
  /** Address that users and apps reach this server by. */
  readonly publicUrl: SettingShape<string>;
  /** null = no mail is sent. */
  readonly mailServer: SettingShape<MailServerShape | null>;
  /** The sender; null while there is no mail server and none is set. */
  readonly mailFrom: SettingShape<string | null>;
  readonly mailTo: SettingShape<readonly string[]>;
}

const source: z.ZodType<EffectiveSource> = z.union([
  z.object({ kind: z.literal('stored'), name: z.null() }),
  z.object({ kind: z.enum(['flag', 'environment', 'file', 'default']), name: z.string().nullable() }),
]);

function settingOf<T>(value: z.ZodType<T>): z.ZodType<SettingShape<T>> {
  const shared = { source, changedAt: z.string().nullable(), changedBy: z.string().nullable() };
  return z.object({ value, ...shared });
}

const mailServerSchema: z.ZodType<MailServerShape> = z.object({
  host: z.string(),
  port: z.number(),
  security: z.enum(['tls', 'starttls', 'whenOffered']),
  user: z.string().nullable(),
  hasPassword: z.boolean(),
});

type MailSettings = Omit<ServerSettingsShape, 'publicUrl'>;

/** The fields that are about mails. */
export const mailSettingsFields: { readonly [Name in keyof MailSettings]: z.ZodType<MailSettings[Name]> } = {
  mailServer: settingOf(mailServerSchema.nullable()),
  mailFrom: settingOf(z.string().nullable()),
  mailTo: settingOf(z.array(z.string())),
};

export const serverSettingsSchema: z.ZodType<ServerSettingsShape> = z.object({
  publicUrl: settingOf(z.string()),
  ...mailSettingsFields,
});

const routes = {
  show: createRoute({
    method: 'get',
    path: '/settings',
    tags: ['server'],
    summary: 'Base URL and mail server as they hold now, without the password, and where each came from',
    responses: { 200: answers('The settings', serverSettingsSchema), ...problems },
  }),
  change: createRoute({
    method: 'patch',
    path: '/settings',
    tags: ['server'],
    summary:
      'Changes what is named, at once and without a restart; null takes it away. What a flag, variable or file fixes is refused',
    request: { body: takes(settingsChangeForm) },
    responses: { 200: answers('The settings', serverSettingsSchema), ...problems },
  }),
} as const;

/** Adds the routes of the server's own settings. */
export function addSettingsRoutes(api: AdminApi, services: Services): void {
  api.openapi(routes.show, async (context) => context.json(await showSettings(services), 200));
  api.openapi(routes.change, async (context) => {
    requireOwner(context);
    await services.serverSettings.change(context.req.valid('json'), context.get('principal').name);
    return context.json(await showSettings(services), 200);
  });
}

/** Asked for a second time here: whoever says where links lead may catch whoever follows them. */
function requireOwner(context: Context): void {
  if (context.get('principal').permissions.includes('people')) return;
  throw new LockstepError('forbidden', 'only an owner may change the settings of the server');
}

/** The settings as they hold. */
export async function showSettings({
  serverSettings,
  publicUrl,
}: Pick<Services, 'serverSettings' | 'publicUrl'>): Promise<ServerSettingsShape> {
  await serverSettings.refresh();
  const [standing, holds] = [await serverSettings.standing(), serverSettings.effective()];
  const { mailServer, mailFrom } = holds;
  return {
    publicUrl: showOne(publicUrl(), standing.publicUrl),
    mailServer: showOne(mailServer === undefined ? null : withoutPassword(mailServer), standing.mailServer),
    mailFrom: showOne(
      mailServer === undefined ? (mailFrom ?? null) : senderOf(mailServer.host, mailFrom),
      standing.mailFrom,
    ),
    mailTo: showOne(holds.mailTo, standing.mailTo),
  };
}

function showOne<T>(value: T, { source: from, changedMs, changedBy }: SettingStanding): SettingShape<T> {
  return { value, source: from, changedAt: timeOrNull(changedMs ?? null), changedBy: changedBy ?? null };
}

function withoutPassword({ password, ...server }: MailServer): MailServerShape {
  return { ...server, hasPassword: password !== null };
}
