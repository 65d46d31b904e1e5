import { isJsonArray, isJsonObject, type Json } from '@lockstep/scim';
import type { Change, Plan } from '../plan/plan.ts';
import type { RemovalKind } from '../ports/staged-removal.ts';
import type { GuardLimits } from './guard.ts';

/** What kind of loss a plan means, if the guard looks at that kind. */
export function removalKindOf(plan: Plan, limits: GuardLimits): Exclude<RemovalKind, 'membership'> | undefined {
  if (plan.do === 'disable' || plan.do === 'delete') return plan.do;
  if (plan.do !== 'update') return undefined;
  if (limits.maxRoleRaises !== undefined && plan.changes.some(isRoleRaise)) return 'roleRaise';
  if (limits.maxIdentityChanges !== undefined && plan.changes.some(isIdentityChange)) return 'identity';
  return undefined;
}

/** What people sign in with, or get their password reset by. A value that was not there before takes nothing away. */
function isIdentityChange({ attribute, oldValue }: Change): boolean {
  return oldValue !== null && /^(userName|emails)\b/i.test(attribute);
}

function isRoleRaise({ attribute, oldValue, newValue }: Change): boolean {
  if (!/^(roles|entitlements)\b/i.test(attribute)) return false;
  const before = new Set(roleTexts(oldValue));
  return roleTexts(newValue).some((role) => !before.has(role));
}

function roleTexts(text: string | null): readonly string[] {
  if (text === null) return [];
  try {
    return namesOf(JSON.parse(text) as Json); // what JSON.parse gives is JSON
  } catch {
    return [text];
  }
}

function namesOf(value: Json): readonly string[] {
  if (isJsonArray(value)) return value.flatMap(namesOf);
  if (isJsonObject(value)) return namesOf(value['value'] ?? value['display'] ?? null);
  return value === null ? [] : [String(value)];
}
