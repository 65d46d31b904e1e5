import type { ExpressionMode, GuardLimits, QuarantineLimits } from '@lockstep/engine';
import type { FeatureOverrides, UpdateMethod } from '@lockstep/scim/client';
import { z } from 'zod';
import { optionalKey } from '../optional-key.ts';
import { readDuration } from './duration.ts';

/** How a job runs, beside what it maps and whom it looks at: as lockstep.yaml and the admin API write it. */
export interface DeclaredSettings {
  readonly schedule?: { readonly interval?: string; readonly onChange?: boolean; readonly enabled?: boolean };
  readonly rate?: { readonly requestsPerSecond: number };
  readonly guard?: GuardLimits;
  /** Leave accounts alone whose person leaves the scope (Entra: SkipOutOfScopeDeletions). */
  readonly skipOutOfScopeDeletions?: boolean;
  /** Whoever was let go and is then gone for good is deleted in the app too; default false. */
  readonly deleteReleased?: boolean;
  /** What follows when a linked account is gone from the app; default `report`. */
  readonly afterVanished?: 'report' | 'recreate';
  /** What follows when the app says at a creation that it has the account; default `link`. */
  readonly onConflict?: 'link' | 'report';
  /** The app cannot disable: whoever leaves is deleted. */
  readonly hasNoSoftDelete?: boolean;
  readonly quarantine?: QuarantineLimits;
  readonly notify?: {
    readonly mail: string | readonly string[];
    readonly onFailure?: boolean;
    /** One mail a day with everything. */
    readonly digest?: 'daily';
  };
  /** Look for accounts to take over, again and again. */
  readonly discovery?: { readonly interval: string };
  /** Compare the app with what it should be, again and again; with `fix` overwrite what differs. */
  readonly drift?: { readonly interval: string; readonly fix?: boolean };
  readonly dialect?: 'rfc' | 'entra-legacy';
  /** How expressions settle what Microsoft leaves open; default `entra`. */
  readonly expressionMode?: ExpressionMode;
  /** How accounts are changed; default `auto`. */
  readonly updateMethod?: UpdateMethod;
  /** Most members one request names; default 100. */
  readonly memberBatchSize?: number;
  /** What is known better than the app's ServiceProviderConfig tells. */
  readonly features?: FeatureOverrides;
}

const text = z.string().min(1).max(10_000);

const interval = z.string().refine(
  (value) => {
    const ms = readDuration(value);
    return ms !== undefined && ms >= 1_000 && ms <= 30 * 86_400_000;
  },
  { message: 'an ISO 8601 duration from PT1S to P30D is expected, such as PT40M' },
);

/** Name of an app, unique in any case. */
export const appNameSchema: z.ZodType<string> = z.string().trim().min(1).max(120);

/** Address of an app's SCIM service. */
export const tenantUrlSchema: z.ZodType<string> = z.url({ protocol: /^https?$/ }).max(2_000);

/** A token as the app's administrator pages give it. */
export const secretTokenSchema: z.ZodType<string> = text;

/** When a token ends; null = never, or nobody knows. */
export const secretExpiresAtSchema: z.ZodType<string | null> = z.iso.datetime({ offset: true }).nullable();

type SettingForms = { readonly [Key in keyof DeclaredSettings]-?: z.ZodType<NonNullable<DeclaredSettings[Key]>> };

/** The form of each setting. */
export const settingForms: SettingForms = {
  schedule: z.strictObject({
    interval: optionalKey(interval),
    onChange: optionalKey(z.boolean()),
    enabled: optionalKey(z.boolean()),
  }),
  rate: z.strictObject({ requestsPerSecond: z.number().min(0.1).max(10_000) }),
  guard: z.strictObject({
    maxRemovals: optionalKey(z.int().min(0)),
    maxRemovalsPercent: optionalKey(z.number().min(0).max(100)),
    maxMembershipRemovals: optionalKey(z.int().min(0)),
    maxIdentityChanges: optionalKey(z.int().min(0)),
    maxRoleRaises: optionalKey(z.int().min(0)),
    expiresAfterDays: optionalKey(z.number().min(0.01).max(365)),
  }),
  skipOutOfScopeDeletions: z.boolean(),
  hasNoSoftDelete: z.boolean(),
  deleteReleased: z.boolean(),
  afterVanished: z.enum(['report', 'recreate']),
  onConflict: z.enum(['link', 'report']),
  quarantine: z.strictObject({
    failuresMin: optionalKey(z.int().min(1)),
    failedPercentMax: optionalKey(z.number().min(0).max(100)),
    failuresMax: optionalKey(z.int().min(0)),
    totalFailuresMax: optionalKey(z.int().min(0)),
  }),
  notify: z.strictObject({
    mail: z.union([z.email(), z.array(z.email()).min(1).max(50)]),
    onFailure: optionalKey(z.boolean()),
    digest: optionalKey(z.literal('daily')),
  }),
  discovery: z.strictObject({ interval }),
  drift: z.strictObject({ interval, fix: optionalKey(z.boolean()) }),
  dialect: z.enum(['rfc', 'entra-legacy']),
  expressionMode: z.enum(['entra', 'extended']),
  updateMethod: z.enum(['patch', 'put', 'auto']),
  memberBatchSize: z.int().min(1).max(10_000),
  features: z.strictObject({
    patch: optionalKey(z.boolean()),
    filter: optionalKey(z.boolean()),
    filterMaxResults: optionalKey(z.int().min(1)),
    bulk: optionalKey(z.boolean()),
    bulkMaxOperations: optionalKey(z.int().min(1)),
    bulkMaxPayloadSize: optionalKey(z.int().min(1)),
    sort: optionalKey(z.boolean()),
    etag: optionalKey(z.boolean()),
    changePassword: optionalKey(z.boolean()),
  }),
};

type SettingsShape = {
  readonly [Key in keyof DeclaredSettings]-?: z.ZodExactOptional<z.ZodType<NonNullable<DeclaredSettings[Key]>>>;
};

/** The settings as members of a declaration: each may be left out. */
export const settingsShape: SettingsShape = mapForms((form) => optionalKey(form)) as SettingsShape;

/** Makes something of each form, under the same names. */
export function mapForms<T>(make: (form: z.ZodType) => T): Readonly<Record<keyof DeclaredSettings, T>> {
  const entries = Object.entries(settingForms).map(([name, form]) => [name, make(form)] as const);
  // The names are those of `settingForms`; `fromEntries` forgets that.
  return Object.fromEntries(entries) as Readonly<Record<keyof DeclaredSettings, T>>;
}
