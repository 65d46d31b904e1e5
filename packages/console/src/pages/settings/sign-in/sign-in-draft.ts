import type { ConsoleSignInShape } from 'lockstep/admin-api/answers';
import { type OidcDraft, oidcBody, toOidcDraft } from '../../../sign-on/oidc-draft.ts';
import type { ConsoleRole } from '../roles.ts';

/** What is typed to set up signing in with a directory. */
export interface SignInDraft extends OidcDraft {
  /** Values of the directory's roles for each role of the console, one a line. */
  readonly roleValues: Readonly<Record<ConsoleRole, string>>;
}

const ROLES = ['owner', 'administrator', 'operator', 'auditor'] as const;

/** The form for what is stored; empty when nothing is yet. */
export function toDraft(known: ConsoleSignInShape): SignInDraft {
  const lines = (role: ConsoleRole): string => (known.roleValues[role] ?? [role]).join('\n');
  return {
    ...toOidcDraft(known),
    roleValues: {
      owner: lines('owner'),
      administrator: lines('administrator'),
      operator: lines('operator'),
      auditor: lines('auditor'),
    },
  };
}

export function isDirty(draft: SignInDraft, known: ConsoleSignInShape): boolean {
  return JSON.stringify(draft) !== JSON.stringify(toDraft(known));
}

/** The draft in the words of the API. */
export function bodyOf(draft: SignInDraft, known: ConsoleSignInShape): object {
  const roleValues = Object.fromEntries(ROLES.map((role) => [role, linesOf(draft.roleValues[role])]));
  return { ...oidcBody(draft, known), roleValues };
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
