import type { ProviderShape } from 'lockstep/admin-api/answers';
import { readLines } from './read-lines.ts';

/** The form of a provider's settings as it is typed. */
export interface ProviderDraft {
  readonly title: string;
  /** One address range a line. */
  readonly addresses: string;
  readonly dialect: ProviderShape['dialect'];
  readonly isOn: boolean;
  /** Empty, as `burst`, = no limit. */
  readonly requestsPerSecond: string;
  readonly burst: string;
}

/** What has to be sent to change a provider. */
export interface ProviderChange {
  readonly title?: string;
  readonly allowedAddresses?: readonly string[];
  readonly dialect?: ProviderShape['dialect'];
  readonly provisioning?: 'on' | 'off';
  readonly rateLimit?: { readonly requestsPerSecond: number; readonly burst: number } | null;
}

/** What the settings look like in the form. */
export function toDraft({ title, allowedAddresses, dialect, provisioning, rateLimit }: ProviderShape): ProviderDraft {
  return {
    title,
    addresses: allowedAddresses.join('\n'),
    dialect,
    isOn: provisioning === 'on',
    requestsPerSecond: rateLimit === undefined ? '' : String(rateLimit.requestsPerSecond),
    burst: rateLimit === undefined ? '' : String(rateLimit.burst),
  };
}

/** Fields whose text cannot be what they are for. */
export function faultsOf(draft: ProviderDraft): ReadonlySet<keyof ProviderDraft> {
  const faults = new Set<keyof ProviderDraft>();
  if (draft.title.trim() === '') faults.add('title');
  const [rate, burst] = [draft.requestsPerSecond.trim(), draft.burst.trim()];
  if (rate === '' && burst === '') return faults;
  if (!(Number(rate) > 0)) faults.add('requestsPerSecond');
  if (burst !== '' && !(Number.isInteger(Number(burst)) && Number(burst) >= 1)) faults.add('burst');
  return faults;
}

/** What differs between the form and what is known; empty = nothing. */
export function changeOf(draft: ProviderDraft, known: ProviderShape): ProviderChange {
  const before = toDraft(known);
  const differs = (...names: readonly (keyof ProviderDraft)[]): boolean =>
    names.some((name) => draft[name] !== before[name]);
  return {
    ...(differs('title') ? { title: draft.title.trim() } : {}),
    ...(differs('addresses') ? { allowedAddresses: readLines(draft.addresses) } : {}),
    ...(differs('dialect') ? { dialect: draft.dialect } : {}),
    ...(differs('isOn') ? { provisioning: draft.isOn ? 'on' : 'off' } : {}),
    ...(differs('requestsPerSecond', 'burst') ? { rateLimit: rateLimitOf(draft) } : {}),
  };
}

/** Without a burst it is what comes in one second. */
function rateLimitOf({ requestsPerSecond, burst }: ProviderDraft): ProviderChange['rateLimit'] & (object | null) {
  if (requestsPerSecond.trim() === '') return null;
  const rate = Number(requestsPerSecond);
  return { requestsPerSecond: rate, burst: burst.trim() === '' ? Math.max(1, Math.ceil(rate)) : Number(burst) };
}
