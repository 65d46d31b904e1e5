import { existsSync, readFileSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import type { RequestLogMode } from '@lockstep/provider/ports';
import { parse } from 'yaml';
import { LockstepError } from '../lockstep-error.ts';
import { type Setting, type SettingName, settingOf, settingTable, shownSetting } from './setting.ts';

/** Everything the server is told from outside. Paths are absolute. */
export interface Settings {
  readonly dataFolder: string;
  /** `sqlite`, or the address of a PostgreSQL database with its password. */
  readonly database: string;
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly masterKeyFile: string;
  /** Whether the master key file is the product's own, made at first start. */
  readonly ownsMasterKey: boolean;
  readonly outgoing: string;
  /** Without a slash at the end. */
  readonly publicUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly defaultDomain: string | undefined;
  readonly concurrency: number;
  /** Days that tombstones of tenants are kept; 0 = for ever. */
  readonly tombstoneRetentionDays: number;
  /** 0 = for ever. */
  readonly logRetentionDays: number;
  /** 0 = for ever. */
  readonly auditRetentionDays: number;
  /** Which requests of SCIM clients are kept, for providers that say nothing. */
  readonly requestLog: RequestLogMode;
  /** 0 = for ever. */
  readonly requestRetentionDays: number;
  /** Of one provider. */
  readonly requestsKept: number;
  /** Holds a password. `undefined` = no mail is sent. */
  readonly mailUrl: string | undefined;
  readonly mailFrom: string | undefined;
  readonly mailTo: readonly string[];
  /** A session that is not used for so long ends. */
  readonly sessionIdleMinutes: number;
  /** No session lives longer. */
  readonly sessionHours: number;
  readonly logFormat: 'text' | 'json';
  readonly logLevel: string;
  /** Where each of them came from. */
  readonly sources: Readonly<Record<SettingName, SettingSource>>;
}

/** Where a setting came from, without paths. */
export interface SettingSource {
  readonly kind: 'flag' | 'environment' | 'file' | 'default';
  /** Flag, variable or name of the file; null for a default. */
  readonly name: string | null;
}

/** One setting with its value and where that came from. */
export interface SettingOrigin {
  readonly setting: Setting;
  /** `undefined` = not set. */
  readonly value: string | undefined;
  readonly kind: SettingSource['kind'];
  /** `--port`, `LOCKSTEP_PORT`, the path of a file, or `default`. */
  readonly source: string;
}

export interface SettingSources {
  readonly flags?: Readonly<Partial<Record<SettingName, string>>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What relative paths of flags and environment start from. */
  readonly workingFolder: string;
  /** Configuration file; without it `lockstep.config.yaml` in the data folder, if there is one. */
  readonly configFile?: string;
}

export interface ReadSettings {
  readonly settings: Settings;
  readonly origins: readonly SettingOrigin[];
  /** The configuration file that was read. */
  readonly configFile: string | undefined;
}

const CONFIG_FILE = 'lockstep.config.yaml';

/**
 * Reads the settings: flag, then environment, then file, then default.
 *
 * @throws {LockstepError} `badSetting` with the name, the value, where it came from and what is allowed
 */
export function readSettings(sources: SettingSources): ReadSettings {
  const data = findOrigin(settingOf('data'), sources, undefined);
  const dataFolder = resolve(sources.workingFolder, data.value ?? '');
  const file = readConfigFile(sources, dataFolder);
  const origins = settingTable.map((setting) => {
    const origin = setting.name === 'data' ? data : findOrigin(setting, sources, file);
    if (origin.value !== undefined && !setting.accepts(origin.value)) throw refuse(origin);
    return origin;
  });
  return { settings: toSettings(origins, dataFolder, sources), origins, configFile: file?.path };
}

interface ConfigFile {
  readonly path: string;
  readonly values: ReadonlyMap<string, string>;
}

function findOrigin(setting: Setting, sources: SettingSources, file: ConfigFile | undefined): SettingOrigin {
  const flag = sources.flags?.[setting.name];
  if (flag !== undefined) return { setting, value: flag, kind: 'flag', source: setting.flag ?? 'flag' };
  const fromEnvironment = sources.environment[setting.env];
  if (fromEnvironment !== undefined && fromEnvironment !== '') {
    return { setting, value: fromEnvironment, kind: 'environment', source: setting.env };
  }
  const fromFile = file?.values.get(setting.name);
  if (file !== undefined && fromFile !== undefined) {
    return { setting, value: fromFile, kind: 'file', source: file.path };
  }
  return { setting, value: setting.fallback, kind: 'default', source: 'default' };
}

function readConfigFile(sources: SettingSources, dataFolder: string): ConfigFile | undefined {
  const asked = sources.configFile;
  const path = asked === undefined ? join(dataFolder, CONFIG_FILE) : resolve(sources.workingFolder, asked);
  if (!existsSync(path)) {
    if (asked === undefined) return undefined;
    throw new LockstepError('badSetting', `there is no configuration file ${path}`);
  }
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new LockstepError('badSetting', `${path} cannot be read as YAML: ${why}`, { cause: error });
  }
  return { path, values: readValues(content, path) };
}

function readValues(content: unknown, path: string): ReadonlyMap<string, string> {
  if (content === null || content === undefined) return new Map();
  if (typeof content !== 'object' || Array.isArray(content)) {
    throw new LockstepError('badSetting', `${path} has to hold names and values, such as port: 4600`);
  }
  return new Map(Object.entries(content).map(([name, value]) => readEntry(name, value, path)));
}

function readEntry(name: string, value: unknown, path: string): [string, string] {
  const isFromFile = settingTable.some((one) => one.name === name && name !== 'data');
  if (!isFromFile) {
    const known = settingTable.filter((one) => one.name !== 'data').map((one) => one.name);
    throw new LockstepError('badSetting', `${path}: there is no setting ${name}; there are ${known.join(', ')}`);
  }
  if (Array.isArray(value)) return [name, value.join(',')];
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return [name, String(value)];
  throw new LockstepError('badSetting', `${path}: ${name} has to be text or a number`);
}

function refuse(origin: SettingOrigin): LockstepError {
  const { setting, source } = origin;
  const shown = JSON.stringify(shownSetting(setting, origin.value ?? ''));
  const message = `${setting.name} = ${shown} (from ${source}) is not possible: allowed is ${setting.allowed}`;
  return new LockstepError('badSetting', message);
}

function toSettings(origins: readonly SettingOrigin[], dataFolder: string, sources: SettingSources): Settings {
  const settingValue = (name: SettingName): string | undefined =>
    origins.find((one) => one.setting.name === name)?.value;
  const masterKeyFile = settingValue('masterKeyFile');
  return {
    dataFolder,
    database: settingValue('database') ?? 'sqlite',
    host: settingValue('host') ?? '',
    port: Number(settingValue('port')),
    masterKeyFile: masterKeyFile === undefined ? join(dataFolder, 'master-key') : absolute(masterKeyFile, sources),
    ownsMasterKey: masterKeyFile === undefined,
    outgoing: settingValue('outgoing') ?? 'open',
    publicUrl: settingValue('publicUrl')?.replace(/\/+$/, ''),
    trustedProxies: splitList(settingValue('trustedProxies') ?? ''),
    defaultDomain: settingValue('defaultDomain'),
    concurrency: Number(settingValue('concurrency')),
    tombstoneRetentionDays: Number(settingValue('tombstoneRetentionDays')),
    logRetentionDays: Number(settingValue('logRetentionDays')),
    auditRetentionDays: Number(settingValue('auditRetentionDays')),
    requestLog: requestLogOf(settingValue('requestLog')),
    requestRetentionDays: Number(settingValue('requestRetentionDays')),
    requestsKept: Number(settingValue('requestsKept')),
    mailUrl: settingValue('mailUrl'),
    mailFrom: settingValue('mailFrom'),
    mailTo: splitList(settingValue('mailTo') ?? ''),
    sessionIdleMinutes: Number(settingValue('sessionIdleMinutes')),
    sessionHours: Number(settingValue('sessionHours')),
    logFormat: settingValue('logFormat') === 'json' ? 'json' : 'text',
    logLevel: settingValue('logLevel') ?? 'warn',
    sources: sourcesOf(origins),
  };
}

function sourcesOf(origins: readonly SettingOrigin[]): Settings['sources'] {
  const named = origins.map(({ setting, kind, source }): [SettingName, SettingSource] => {
    if (kind === 'default') return [setting.name, { kind, name: null }];
    return [setting.name, { kind, name: kind === 'file' ? basename(source) : source }];
  });
  // Every setting has an origin, so every name is there.
  return Object.fromEntries(named) as Settings['sources'];
}

function absolute(path: string, sources: SettingSources): string {
  return isAbsolute(path) ? path : resolve(sources.workingFolder, path);
}

function requestLogOf(text: string | undefined): RequestLogMode {
  return text === 'off' || text === 'all' ? text : 'problems';
}

function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
