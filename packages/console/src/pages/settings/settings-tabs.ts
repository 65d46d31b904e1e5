import type { MeShape } from 'lockstep/admin-api/answers';
import type { settingsPhrases } from './phrases.ts';

/** A tab of the settings. */
export interface SettingsTab {
  readonly label: keyof typeof settingsPhrases.en;
  readonly to:
    | '/settings'
    | '/settings/keys'
    | '/settings/sign-in'
    | '/settings/address'
    | '/settings/mail'
    | '/settings/secrets'
    | '/settings/audit'
    | '/settings/account'
    | '/settings/about';
  /** Permission without which it is not shown. */
  readonly needs?: 'people';
  /** Of people alone: a key has no account. */
  readonly isPersonal?: true;
}

const TABS: readonly SettingsTab[] = [
  { label: 'people', to: '/settings', needs: 'people' },
  { label: 'keys', to: '/settings/keys', needs: 'people' },
  { label: 'signIn', to: '/settings/sign-in', needs: 'people' },
  { label: 'address', to: '/settings/address' },
  { label: 'mail', to: '/settings/mail' },
  { label: 'secrets', to: '/settings/secrets', needs: 'people' },
  { label: 'audit', to: '/settings/audit' },
  { label: 'account', to: '/settings/account', isPersonal: true },
  { label: 'about', to: '/settings/about' },
];

/** The tabs that somebody sees: those whose questions the server would answer. */
export function tabsFor({ permissions, kind }: Pick<MeShape, 'permissions' | 'kind'>): readonly SettingsTab[] {
  return TABS.filter(
    ({ needs, isPersonal }) =>
      (needs === undefined || permissions.includes(needs)) && (isPersonal !== true || kind === 'person'),
  );
}
