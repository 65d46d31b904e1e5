import type { StoredServerSetting } from '@lockstep/store';
import { z } from 'zod';
import type { MailServer } from '../mail/mail-server.ts';
import { optionalKey } from '../optional-key.ts';
import { settingOf } from './setting.ts';

/** Settings that may be made while the server runs, in the order they are shown. */
export const storedNames = ['publicUrl', 'mailServer', 'mailFrom', 'mailTo'] as const;

export type StoredName = (typeof storedNames)[number];

/** A mail server as it is kept: the password is sealed beside it. */
export type StoredMailServer = Omit<MailServer, 'password'>;

/** What each of them holds. */
export interface StoredValues {
  readonly publicUrl: string;
  readonly mailServer: StoredMailServer;
  readonly mailFrom: string;
  readonly mailTo: readonly string[];
}

/** What a change asks for: `null` takes a setting away, what is not named stays. */
export type SettingsChange = {
  readonly [Name in StoredName]?: NewValues[Name] | null;
};

type NewValues = Omit<StoredValues, 'mailServer'> & { readonly mailServer: NewMailServer };

export interface NewMailServer extends StoredMailServer {
  /** Absent = the one that is there stays, if it was entered for this very server. */
  readonly password?: string;
}

const visible = (text: string): boolean => !/\p{C}/u.test(text);
const mailAddress = z
  .string()
  .max(320)
  .refine((text) => settingOf('mailFrom').accepts(text) && visible(text), 'a mail address is needed');

const baseUrl = z
  .string()
  .max(2_000)
  .refine(isBaseUrl, 'an http or https address without query, user and password is needed')
  .transform((text) => text.replace(/\/+$/, ''));

function isBaseUrl(text: string): boolean {
  const url = URL.parse(text);
  return settingOf('publicUrl').accepts(text) && url?.username === '' && url.password === '';
}

const mailServerFields = {
  host: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9.:_-]+$/, 'the name or IP address of a mail server is needed'),
  port: z.int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls', 'whenOffered']),
  user: z.string().min(1).max(320).refine(visible, 'it must not hold control characters').nullable(),
};

/** The forms of what is kept. */
export const storedForms: { readonly [Name in StoredName]: z.ZodType<StoredValues[Name], unknown> } = {
  publicUrl: baseUrl,
  mailServer: z.object(mailServerFields),
  mailFrom: mailAddress,
  mailTo: z.array(mailAddress).max(50),
};

/** The form of a change. */
export const settingsChangeForm: z.ZodType<SettingsChange, unknown> = z.strictObject({
  publicUrl: optionalKey(baseUrl.nullable()),
  mailServer: optionalKey(
    z.strictObject({ ...mailServerFields, password: optionalKey(z.string().min(1).max(1_000)) }).nullable(),
  ),
  mailFrom: optionalKey(mailAddress.nullable()),
  mailTo: optionalKey(z.array(mailAddress).max(50).nullable()),
});

/** A stored setting by name. */
export function storedRow(name: StoredName, stored: readonly StoredServerSetting[]): StoredServerSetting | undefined {
  return stored.find((one) => one.name === name);
}

/** What a row holds, if it still has the form it was written in. */
export function storedValue<Name extends StoredName>(
  name: Name,
  stored: readonly StoredServerSetting[],
): StoredValues[Name] | undefined {
  return storedForms[name].safeParse(storedRow(name, stored)?.value).data;
}
