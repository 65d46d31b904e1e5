import type { ServerSettingStore, StoredServerSetting } from '@lockstep/store';
import { type MailServer, readMailUrl } from '../mail/mail-server.ts';
import { sealOwner } from '../secrets/seal-owner.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { fixedSource } from './fixed-source.ts';
import { planChange } from './plan-settings-change.ts';
import type { SettingSource, Settings } from './read-settings.ts';
import {
  type SettingsChange,
  type StoredName,
  type StoredValues,
  storedNames,
  storedRow,
  storedValue,
} from './stored-values.ts';

/** What holds now: what is fixed from outside goes before what is stored. */
export interface EffectiveSettings {
  /** `undefined` = the address that is listened on. */
  readonly publicUrl: string | undefined;
  readonly mailServer: MailServer | undefined;
  /** The address a mail server was fixed by, with whatever else stands in it. */
  readonly mailUrl: string | undefined;
  readonly mailFrom: string | undefined;
  readonly mailTo: readonly string[];
}

/** Where a setting that holds came from. */
export type EffectiveSource = SettingSource | { readonly kind: 'stored'; readonly name: null };

/** A setting with what is stored of it, which holds unless it is fixed from outside. */
export interface SettingStanding<Name extends StoredName = StoredName> {
  readonly source: EffectiveSource;
  readonly stored: StoredValues[Name] | undefined;
  readonly hasSecret: boolean;
  readonly changedMs: number | undefined;
  readonly changedBy: string | undefined;
}

export type SettingsStanding = { readonly [Name in StoredName]: SettingStanding<Name> };

/** Settings that may be made while the server runs. */
export interface ServerSettings {
  /** As of the last look; this process sees its own changes at once, those of others within seconds. */
  effective(): EffectiveSettings;
  standing(): Promise<SettingsStanding>;
  /** All of it or nothing. @throws {LockstepError} `conflict` for what is fixed from outside, `invalidValue` */
  change(change: SettingsChange, by: string): Promise<void>;
  /** Looks at what is stored. */
  refresh(): Promise<void>;
}

export interface ServerSettingsOptions {
  readonly store: ServerSettingStore;
  readonly settings: Settings;
  readonly secrets: SecretBox;
  readonly nowMs: () => number;
}

/** Opens the settings, with a first look at what is stored. */
export async function openServerSettings(options: ServerSettingsOptions): Promise<ServerSettings> {
  const { store, settings } = options;
  let effective = effectiveOf(await store.list(), options);
  const refresh = async (): Promise<void> => {
    effective = effectiveOf(await store.list(), options);
  };
  return {
    effective: () => effective,
    refresh,
    standing: async () => standingOf(await store.list(), settings),
    change: async (change, by) => {
      await store.change(planChange(change, { known: await store.list(), by, ...options }));
      await refresh();
    },
  };
}

function effectiveOf(
  stored: readonly StoredServerSetting[],
  { settings, secrets }: Pick<ServerSettingsOptions, 'settings' | 'secrets'>,
): EffectiveSettings {
  const { mailUrl } = settings;
  return {
    publicUrl: settings.publicUrl ?? storedValue('publicUrl', stored),
    mailServer: mailUrl === undefined ? storedMailServer(stored, secrets) : readMailUrl(mailUrl),
    mailUrl,
    mailFrom: settings.mailFrom ?? storedValue('mailFrom', stored),
    mailTo: fixedSource('mailTo', settings) === undefined ? (storedValue('mailTo', stored) ?? []) : settings.mailTo,
  };
}

function storedMailServer(stored: readonly StoredServerSetting[], secrets: SecretBox): MailServer | undefined {
  const server = storedValue('mailServer', stored);
  if (server === undefined) return undefined;
  const sealed = storedRow('mailServer', stored)?.secret ?? null;
  // One that cannot be opened is told where secrets stand; mails then say that signing in was refused.
  const password = sealed === null ? null : (secrets.tryOpen(sealed, sealOwner.server('mailServer')) ?? null);
  return { ...server, password };
}

function standingOf(stored: readonly StoredServerSetting[], settings: Settings): SettingsStanding {
  const of = <Name extends StoredName>(name: Name): SettingStanding<Name> => {
    const row = storedRow(name, stored);
    const value = storedValue(name, stored);
    const none = { kind: 'default', name: null } as const;
    return {
      source: fixedSource(name, settings) ?? (value === undefined ? none : { kind: 'stored', name: null }),
      stored: value,
      hasSecret: (row?.secret ?? null) !== null,
      changedMs: row?.changedMs,
      changedBy: row?.changedBy,
    };
  };
  const [publicUrl, mailServer, mailFrom, mailTo] = storedNames;
  return { publicUrl: of(publicUrl), mailServer: of(mailServer), mailFrom: of(mailFrom), mailTo: of(mailTo) };
}
