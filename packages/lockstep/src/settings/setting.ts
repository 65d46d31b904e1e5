import ipaddr from 'ipaddr.js';
import { LockstepError } from '../lockstep-error.ts';

/** Names of the settings, as the configuration file writes them. */
export type SettingName =
  | 'data'
  | 'host'
  | 'port'
  | 'database'
  | 'masterKeyFile'
  | 'outgoing'
  | 'publicUrl'
  | 'trustedProxies'
  | 'defaultDomain'
  | 'concurrency'
  | 'logRetentionDays'
  | 'auditRetentionDays'
  | 'requestLog'
  | 'requestRetentionDays'
  | 'requestsKept'
  | 'mailUrl'
  | 'mailFrom'
  | 'mailTo'
  | 'sessionIdleMinutes'
  | 'sessionHours'
  | 'logFormat'
  | 'logLevel'
  | 'tombstoneRetentionDays';

/** One setting, as data: what it is called everywhere, and what it may be. */
export interface Setting {
  readonly name: SettingName;
  /** Environment variable. */
  readonly env: string;
  /** Long option of `lockstep start`; absent when there is none. */
  readonly flag?: string;
  /** As text, in the form a person would type; `undefined` = not set. */
  readonly fallback: string | undefined;
  readonly description: string;
  /** Which values are allowed, as the rest of the sentence "allowed is ...". */
  readonly allowed: string;
  /** Secret values are shown as `********`. */
  readonly isSecret: boolean;
  /** Whether a text is an allowed value. */
  readonly accepts: (text: string) => boolean;
}

const anyText = (text: string): boolean => text.trim() !== '';

/** Every setting of the product, in the order `lockstep config check` shows them. */
export const settingTable: readonly Setting[] = [
  {
    name: 'data',
    env: 'LOCKSTEP_DATA',
    flag: '--data',
    fallback: 'lockstep-data',
    description: 'Folder of the database, the API key and the master key.',
    allowed: 'the path of a folder',
    isSecret: false,
    accepts: anyText,
  },
  {
    name: 'host',
    env: 'LOCKSTEP_HOST',
    flag: '--host',
    fallback: '127.0.0.1',
    description: 'Address the server listens on; 0.0.0.0 = every one of this machine.',
    allowed: 'an IP address or host name',
    isSecret: false,
    accepts: (text) => /^[A-Za-z0-9.:_-]+$/.test(text),
  },
  {
    name: 'port',
    env: 'LOCKSTEP_PORT',
    flag: '--port',
    fallback: '4600',
    description: 'Port the server listens on; 0 = any free one.',
    allowed: 'a whole number from 0 to 65535',
    isSecret: false,
    accepts: (text) => isWholeNumber(text, 0, 65_535),
  },
  {
    name: 'database',
    env: 'LOCKSTEP_DATABASE',
    flag: '--database',
    fallback: 'sqlite',
    description:
      'Where everything is kept: sqlite = one file in the data folder, or the address of a PostgreSQL database.',
    allowed: 'sqlite, or postgres://user:password@host:port/database',
    // The address holds a password, which is masked wherever it is shown.
    isSecret: false,
    accepts: (text) => text === 'sqlite' || /^postgres(ql)?:\/\/./.test(text),
  },
  {
    name: 'masterKeyFile',
    env: 'LOCKSTEP_MASTER_KEY_FILE',
    fallback: undefined,
    description: 'File with the key that seals the secrets; without it `master-key` in the data folder.',
    allowed: 'the path of a file that holds 32 bytes in base64',
    isSecret: false,
    accepts: anyText,
  },
  {
    name: 'outgoing',
    env: 'LOCKSTEP_OUTGOING',
    fallback: 'open',
    description: 'Where the engine may connect to; link-local and cloud-metadata addresses are always refused.',
    allowed: 'open, public, or a comma-separated list of CIDR ranges and host names',
    isSecret: false,
    accepts: (text) => /^[A-Za-z0-9.:/_*,\s-]+$/.test(text),
  },
  {
    name: 'publicUrl',
    env: 'LOCKSTEP_PUBLIC_URL',
    fallback: undefined,
    description: 'Address the outside sees, used in the addresses shown; without it the one listened on.',
    allowed: 'an http or https address without query',
    isSecret: false,
    accepts: isWebAddress,
  },
  {
    name: 'trustedProxies',
    env: 'LOCKSTEP_TRUSTED_PROXIES',
    fallback: '',
    description: 'Proxies whose X-Forwarded-* headers are believed.',
    allowed: 'a comma-separated list of CIDR ranges',
    isSecret: false,
    accepts: isRangeList,
  },
  {
    name: 'defaultDomain',
    env: 'LOCKSTEP_DEFAULT_DOMAIN',
    fallback: undefined,
    description: 'Default domain of the directory, for the expression DefaultDomain().',
    allowed: 'a domain name',
    isSecret: false,
    accepts: (text) => /^[A-Za-z0-9.-]+$/.test(text),
  },
  {
    name: 'concurrency',
    env: 'LOCKSTEP_CONCURRENCY',
    fallback: '64',
    description: 'People of one app in work at the same time.',
    allowed: 'a whole number from 1 to 256',
    isSecret: false,
    accepts: (text) => isWholeNumber(text, 1, 256),
  },
  {
    name: 'logRetentionDays',
    env: 'LOCKSTEP_LOG_RETENTION_DAYS',
    fallback: '30',
    description: 'Days that records of the provisioning log are kept; 0 = for ever.',
    allowed: 'a whole number from 0 to 36500',
    isSecret: false,
    accepts: (text) => isWholeNumber(text, 0, 36_500),
  },
  {
    name: 'auditRetentionDays',
    env: 'LOCKSTEP_AUDIT_RETENTION_DAYS',
    fallback: '365',
    description: 'Days that the audit log of configuration changes is kept; 0 = for ever.',
    allowed: 'a whole number from 0 to 36500',
    isSecret: false,
    accepts: (text) => isWholeNumber(text, 0, 36_500),
  },
  {
    name: 'requestLog',
    env: 'LOCKSTEP_REQUEST_LOG',
    fallback: 'problems',
    description:
      'Which requests of SCIM clients are kept for a provider without a setting of its own: problems = those refused or departing from the RFCs.',
    allowed: 'off, problems or all',
    isSecret: false,
    accepts: (text) => ['off', 'problems', 'all'].includes(text),
  },
  {
    name: 'requestRetentionDays',
    env: 'LOCKSTEP_REQUEST_RETENTION_DAYS',
    fallback: '14',
    description: 'Days that requests of SCIM clients are kept; 0 = for ever.',
    allowed: 'a whole number from 0 to 36500',
    isSecret: false,
    accepts: (text) => isWholeNumber(text, 0, 36_500),
  },
  {
    name: 'requestsKept',
    env: 'LOCKSTEP_REQUESTS_KEPT',
    fallback: '10000',
    description: 'Requests of SCIM clients that are kept of one provider; the oldest go first.',
    allowed: 'a whole number from 1 to 100000',
    isSecret: false,
    accepts: (text) => isWholeNumber(text, 1, 100_000),
  },
  {
    name: 'mailUrl',
    env: 'LOCKSTEP_MAIL_URL',
    fallback: undefined,
    description: 'Mail server that notifications go through; without it none are sent.',
    allowed: 'smtp://user:password@host:port or smtps://user:password@host:port',
    isSecret: true,
    accepts: isMailAddressOfServer,
  },
  {
    name: 'mailFrom',
    env: 'LOCKSTEP_MAIL_FROM',
    fallback: undefined,
    description: 'Sender of notifications; without it lockstep@ and the name of the mail server.',
    allowed: 'a mail address',
    isSecret: false,
    accepts: isMailAddress,
  },
  {
    name: 'mailTo',
    env: 'LOCKSTEP_MAIL_TO',
    fallback: '',
    description: 'Who is told about tokens of the receiving side, and about apps without notify of their own.',
    allowed: 'a comma-separated list of mail addresses',
    isSecret: false,
    accepts: (text) => text.split(',').every((one) => one.trim() === '' || isMailAddress(one.trim())),
  },
  {
    name: 'logFormat',
    env: 'LOCKSTEP_LOG_FORMAT',
    fallback: 'text',
    description: "The server's own log: text = a line for a person, json = one JSON object a line.",
    allowed: 'text or json',
    isSecret: false,
    accepts: (text) => text === 'text' || text === 'json',
  },
  {
    name: 'logLevel',
    env: 'LOCKSTEP_LOG_LEVEL',
    fallback: 'warn',
    description: "From which level on the server's own log is written; debug tells each request.",
    allowed: 'debug, info, warn, error or silent',
    isSecret: false,
    accepts: (text) => ['debug', 'info', 'warn', 'error', 'silent'].includes(text),
  },
  {
    name: 'sessionIdleMinutes',
    env: 'LOCKSTEP_SESSION_IDLE_MINUTES',
    fallback: '30',
    description: 'Minutes after which a sign-in that is not used ends.',
    allowed: 'a whole number from 1 to 1440',
    isSecret: false,
    accepts: (text) => isWholeNumber(text, 1, 1_440),
  },
  {
    name: 'sessionHours',
    env: 'LOCKSTEP_SESSION_HOURS',
    fallback: '12',
    description: 'Hours after which a sign-in ends, however much it is used.',
    allowed: 'a whole number from 1 to 720',
    isSecret: false,
    accepts: (text) => isWholeNumber(text, 1, 720),
  },
  {
    name: 'tombstoneRetentionDays',
    env: 'LOCKSTEP_TOMBSTONE_RETENTION_DAYS',
    fallback: '30',
    description: 'Days that what was deleted in a tenant can be restored; 0 = for ever.',
    allowed: 'a whole number from 0 to 36500',
    isSecret: false,
    accepts: (text) => isWholeNumber(text, 0, 36_500),
  },
];

/** The setting of a name. */
export function settingOf(name: SettingName): Setting {
  const setting = settingTable.find((one) => one.name === name);
  if (setting === undefined) throw new LockstepError('internal', `there is no setting ${name}`);
  return setting;
}

function isWholeNumber(text: string, least: number, most: number): boolean {
  return /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function isMailAddress(text: string): boolean {
  return /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(text);
}

function isMailAddressOfServer(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'smtp:' || url.protocol === 'smtps:') && url.hostname !== '';
}

function isRangeList(text: string): boolean {
  const entries = text.split(',').map((entry) => entry.trim());
  return entries.every((entry) => entry === '' || ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry));
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.search === '' && url.hash === ''
  );
}

/** A setting's value as it may be shown: secrets as stars, an address without its password. */
export function shownSetting(setting: Setting, value: string): string {
  return setting.isSecret ? '********' : value.replace(/^(\w+:\/\/[^:@/]*:)[^@/]*@/, '$1********@');
}
