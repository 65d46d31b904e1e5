import type { AccountShape } from 'lockstep/admin-api/answers';

/** Where an account came from: an app keeps some to itself, a directory makes or takes over others. */
export type AccountOrigin = 'led' | 'linked' | 'own';

/** `led`: the directory may change it; `linked`: the directory knows it, the app keeps its profile. */
export function originOf({ isLed, isManaged }: Pick<AccountShape, 'isLed' | 'isManaged'>): AccountOrigin {
  if (isLed) return 'led';
  return isManaged ? 'linked' : 'own';
}

/** The name to show: display name, or given and family name; empty when there is neither. */
export function nameOf({ resource }: Pick<AccountShape, 'resource'>): string {
  const { displayName, name } = resource;
  if (typeof displayName === 'string' && displayName !== '') return displayName;
  if (typeof name !== 'object' || name === null || Array.isArray(name)) return '';
  const parts = ['givenName', 'familyName'].map((part) => Object.entries(name).find(([key]) => key === part)?.[1]);
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' ');
}

/** Whether an account may be taken away in the app itself: an active one that the directory leads may not. */
export function mayRemove({ isActive, isLed }: Pick<AccountShape, 'isActive' | 'isLed'>): boolean {
  return !(isActive && isLed);
}
