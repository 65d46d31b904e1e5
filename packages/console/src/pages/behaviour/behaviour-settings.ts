/** Words a setting may choose from, as the API has them. */
export type ChoiceValue =
  | 'report'
  | 'recreate'
  | 'link'
  | 'rfc'
  | 'entra-legacy'
  | 'auto'
  | 'patch'
  | 'put'
  | 'entra'
  | 'extended'
  | 'true'
  | 'false';

/** What a setting can be. A text that is empty, or a flag that is off, leaves it to its default. */
export type SettingKind =
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly values: readonly ChoiceValue[] }
  | { readonly kind: 'number'; readonly least: number; readonly most?: number; readonly isWhole?: boolean }
  /** Hours between one time and the next; kept as an ISO 8601 duration. */
  | { readonly kind: 'hours' };

/** By its name in lockstep.yaml; a dot leads into an object. */
export type SettingName = keyof typeof SETTINGS;

/** Settings that stand together on the page. */
export interface SettingGroup {
  readonly title: 'leaving' | 'guard' | 'quarantine' | 'looking' | 'protocol' | 'features';
  readonly settings: readonly SettingName[];
}

const flag = { kind: 'flag' } as const;
const count = { kind: 'number', least: 0, isWhole: true } as const;
const some = { kind: 'number', least: 1, isWhole: true } as const;
const percent = { kind: 'number', least: 0, most: 100 } as const;
const choice = <const T extends readonly ChoiceValue[]>(...values: T) => ({ kind: 'choice', values }) as const;
/** What the app's ServiceProviderConfig tells, unless it is known better. */
const told = choice('true', 'false');

const SETTINGS = {
  skipOutOfScopeDeletions: flag,
  deleteReleased: flag,
  hasNoSoftDelete: flag,
  afterVanished: choice('report', 'recreate'),
  onConflict: choice('link', 'report'),
  'guard.maxMembershipRemovals': count,
  'guard.maxIdentityChanges': count,
  'guard.maxRoleRaises': count,
  'guard.expiresAfterDays': { kind: 'number', least: 0.01, most: 365 },
  'quarantine.failuresMin': some,
  'quarantine.failedPercentMax': percent,
  'quarantine.failuresMax': count,
  'quarantine.totalFailuresMax': count,
  'discovery.interval': { kind: 'hours' },
  'drift.interval': { kind: 'hours' },
  'drift.fix': flag,
  dialect: choice('rfc', 'entra-legacy'),
  updateMethod: choice('auto', 'patch', 'put'),
  expressionMode: choice('entra', 'extended'),
  memberBatchSize: { kind: 'number', least: 1, most: 10_000, isWhole: true },
  'features.patch': told,
  'features.filter': told,
  'features.bulk': told,
  'features.sort': told,
  'features.etag': told,
  'features.changePassword': told,
  'features.filterMaxResults': some,
  'features.bulkMaxOperations': some,
  'features.bulkMaxPayloadSize': some,
} as const satisfies Readonly<Record<string, SettingKind>>;

/** Of every setting. */
export const settingKinds: Readonly<Record<SettingName, SettingKind>> = SETTINGS;

/** In the order of the page. */
export const settingNames: readonly SettingName[] = Object.keys(SETTINGS) as SettingName[];

const within = (object: string): readonly SettingName[] => settingNames.filter((name) => name.startsWith(`${object}.`));

/** The page, group by group. */
export const settingGroups: readonly SettingGroup[] = [
  {
    title: 'leaving',
    settings: ['skipOutOfScopeDeletions', 'deleteReleased', 'hasNoSoftDelete', 'afterVanished', 'onConflict'],
  },
  { title: 'guard', settings: within('guard') },
  { title: 'quarantine', settings: within('quarantine') },
  { title: 'looking', settings: [...within('discovery'), ...within('drift')] },
  { title: 'protocol', settings: ['dialect', 'updateMethod', 'expressionMode', 'memberBatchSize'] },
  { title: 'features', settings: within('features') },
];
