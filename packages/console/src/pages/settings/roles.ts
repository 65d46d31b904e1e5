import type { Choice } from '../../design/Field.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { settingsPhrases } from './phrases.ts';

/** Roles of people and keys, from the least to the most. */
const ROLES = ['auditor', 'operator', 'administrator', 'owner'] as const;

/** A role of a person or key. */
export type ConsoleRole = (typeof ROLES)[number];

/** Whether a text is a role this console knows. */
export function isRole(text: string): text is ConsoleRole {
  return ROLES.some((role) => role === text);
}

/** The roles with what each may do. */
export function useRoleChoices(): readonly Choice<ConsoleRole>[] {
  const say = usePhrases(settingsPhrases);
  return ROLES.map((value) => ({ value, label: say(value) }));
}
