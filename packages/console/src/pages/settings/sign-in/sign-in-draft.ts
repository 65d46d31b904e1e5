import type { ConsoleSignInShape } from 'lockstep/admin-api/answers';
import { endOfDay } from '../end-of-day.ts';
import type { ConsoleRole } from '../roles.ts';

/** What is typed to set up signing in with a directory. */
export interface SignInDraft {
  readonly issuer: string;
  readonly clientId: string;
  readonly directoryTenantId: string;
  readonly clientAuth: 'secret' | 'certificate';
  readonly thumbprint: string;
  /** Client secret, or private key in PEM; empty = the stored one stays. */
  readonly secret: string;
  /** Day on which the secret ends, as a date field has it; empty = it is not known. */
  readonly ends: string;
  /** Values of the directory's roles for each role of the console, one a line. */
  readonly roleValues: Readonly<Record<ConsoleRole, string>>;
}

const ROLES = ['owner', 'administrator', 'operator', 'auditor'] as const;

/** The form for what is stored; empty when nothing is yet. */
export function toDraft(known: ConsoleSignInShape): SignInDraft {
  const lines = (role: ConsoleRole): string => (known.roleValues[role] ?? [role]).join('\n');
  return {
    issuer: known.settings?.issuer ?? '',
    clientId: known.settings?.clientId ?? '',
    directoryTenantId: known.settings?.directoryTenantId ?? '',
    clientAuth: known.settings?.clientAuth ?? 'secret',
    thumbprint: known.settings?.certificateThumbprint ?? '',
    secret: '',
    ends: dayOf(known.secretExpiresAt),
    roleValues: {
      owner: lines('owner'),
      administrator: lines('administrator'),
      operator: lines('operator'),
      auditor: lines('auditor'),
    },
  };
}

/** The day of an instant in the reader's time, as a date field has it. */
function dayOf(instant: string | null): string {
  if (instant === null) return '';
  const at = new Date(instant);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export type SignInFault = 'issuer' | 'clientId' | 'secret';

/** Fields that the server would refuse as they are. */
export function faultsOf(draft: SignInDraft, known: ConsoleSignInShape): ReadonlySet<SignInFault> {
  const faults = new Set<SignInFault>();
  if (!isIssuer(draft.issuer.trim())) faults.add('issuer');
  if (draft.clientId.trim() === '') faults.add('clientId');
  if (draft.secret === '' && needsSecret(draft, known)) faults.add('secret');
  return faults;
}

/** A secret goes to nobody but whom it was entered for, so another directory needs another one. */
export function needsSecret(draft: SignInDraft, known: ConsoleSignInShape): boolean {
  const { settings } = known;
  return settings?.issuer !== draft.issuer.trim() || settings.clientAuth !== draft.clientAuth;
}

function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || /\/(common|organizations|consumers)(\/|$)/i.test(text)) return false;
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
}

export function isDirty(draft: SignInDraft, known: ConsoleSignInShape): boolean {
  return JSON.stringify(draft) !== JSON.stringify(toDraft(known));
}

/** The draft in the words of the API. */
export function bodyOf(draft: SignInDraft, known: ConsoleSignInShape): object {
  const [directoryTenantId, thumbprint] = [draft.directoryTenantId.trim(), draft.thumbprint.trim()];
  const isSameEnd = draft.ends === toDraft(known).ends;
  return {
    settings: {
      issuer: draft.issuer.trim(),
      clientId: draft.clientId.trim(),
      clientAuth: draft.clientAuth,
      ...(directoryTenantId === '' ? {} : { directoryTenantId }),
      ...(thumbprint === '' || draft.clientAuth === 'secret' ? {} : { certificateThumbprint: thumbprint }),
    },
    roleValues: Object.fromEntries(ROLES.map((role) => [role, linesOf(draft.roleValues[role])])),
    ...(draft.secret === '' ? {} : { secret: draft.secret }),
    ...(isSameEnd ? {} : { secretExpiresAt: endOfDay(draft.ends) }),
  };
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
