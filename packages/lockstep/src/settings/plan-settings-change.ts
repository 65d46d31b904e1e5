import type { Json } from '@lockstep/scim';
import type { ServerSettingChange, StoredServerSetting } from '@lockstep/store';
import { LockstepError } from '../lockstep-error.ts';
import { sealOwner } from '../secrets/seal-owner.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { isLoopback } from '../sso/connection.ts';
import { fixedBy, fixedSource } from './fixed-source.ts';
import type { Settings } from './read-settings.ts';
import { settingOf } from './setting.ts';
import {
  type NewMailServer,
  type SettingsChange,
  type StoredMailServer,
  storedNames,
  storedRow,
  storedValue,
} from './stored-values.ts';

/** What a change is planned from. */
export interface ChangeBase {
  readonly known: readonly StoredServerSetting[];
  readonly settings: Settings;
  readonly secrets: SecretBox;
  readonly by: string;
  readonly nowMs: () => number;
}

/**
 * What is to be written for a change.
 *
 * @throws {LockstepError} `conflict` for what is fixed from outside, `invalidValue` for a password that is missing or unsafe
 */
export function planChange(change: SettingsChange, base: ChangeBase): ServerSettingChange {
  const named = storedNames.filter((name) => change[name] !== undefined);
  for (const name of named) refuseFixed(name, base.settings);
  const save = named.flatMap((name): readonly StoredServerSetting[] => {
    const value = change[name];
    if (value === undefined || value === null) return [];
    const row = { name, secret: null, changedMs: base.nowMs(), changedBy: base.by };
    if (name === 'mailServer') return [{ ...row, ...mailServerRow(change.mailServer, base) }];
    // Read by its form just now, so it is plain JSON.
    return [{ ...row, value: value as Json }];
  });
  return { save, remove: named.filter((name) => change[name] === null) };
}

function refuseFixed(name: keyof SettingsChange, settings: Settings): void {
  const source = fixedSource(name, settings);
  if (source === undefined) return;
  const { env } = settingOf(fixedBy[name]);
  const hint = `Take it away there and start the server again, if it is to be set here; the variable is ${env}.`;
  throw new LockstepError('conflict', `${name} is fixed by ${source.name ?? env}`, { hint });
}

function mailServerRow(
  given: NewMailServer | null | undefined,
  { known, secrets }: Pick<ChangeBase, 'known' | 'secrets'>,
): Pick<StoredServerSetting, 'value' | 'secret'> {
  if (given === undefined || given === null) throw new LockstepError('internal', 'there is no mail server to keep');
  const { password, ...server } = given;
  const value = { ...server };
  if (server.user === null) return { value, secret: null };
  requireTls(server);
  if (password !== undefined) return { value, secret: secrets.seal(password, sealOwner.server('mailServer')) };
  const before = storedValue('mailServer', known);
  const secret = storedRow('mailServer', known)?.secret ?? null;
  if (secret !== null && before !== undefined && isSameServer(before, server)) return { value, secret };
  // A password goes to nobody but whom it was entered for.
  const message = 'mailServer.password: give it for this server and user; a stored one belongs to another';
  throw new LockstepError('invalidValue', secret === null ? 'mailServer.password: it has to be given' : message);
}

/** On a way that anybody may read, or may keep from being sealed, a password is as good as given away. */
function requireTls({ host, security }: StoredMailServer): void {
  if (security !== 'whenOffered' || isLoopback(host) || host === '::1') return;
  const hint = 'Port 465 takes tls, port 587 starttls.';
  throw new LockstepError('invalidValue', 'mailServer.security: a password needs tls or starttls', { hint });
}

function isSameServer(before: StoredMailServer, after: StoredMailServer): boolean {
  const isWeaker = before.security !== 'whenOffered' && after.security === 'whenOffered';
  return before.host === after.host && before.port === after.port && before.user === after.user && !isWeaker;
}
