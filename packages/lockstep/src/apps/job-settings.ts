import type { JobDefinition } from '@lockstep/engine';
import type { DeclaredSettings } from './declared-settings.ts';
import { printDuration, readDuration } from './duration.ts';

/** Every 40 minutes, like Entra's provisioning service. */
const INTERVAL_DEFAULT_MS = 2_400_000;
const DAY_MS = 86_400_000;

/** The members of a job that are settings. */
export type SettingsPart = Omit<JobDefinition, 'id' | 'name' | 'template' | 'tenantUrl' | 'scope' | 'users' | 'groups'>;

/** A change of an app's settings: what is not named stays, and `null` takes a setting away. */
export type SettingsChange = {
  readonly [Key in keyof DeclaredSettings]?: DeclaredSettings[Key] | null;
} & { readonly name?: string; readonly tenantUrl?: string };

/** The settings as the job runs them. */
export function toSettingsPart(declared: DeclaredSettings): Omit<SettingsPart, 'nestedGroups' | 'schema'> {
  const { schedule = {}, notify, discovery, drift, dialect, ...same } = declared;
  return {
    ...same,
    dialect: dialect ?? 'rfc',
    ...(notify === undefined ? {} : { notify: { ...notify, onFailure: notify.onFailure ?? true } }),
    ...(discovery === undefined ? {} : { discovery: { intervalMs: msOf(discovery.interval, DAY_MS) } }),
    ...(drift === undefined ? {} : { drift: { intervalMs: msOf(drift.interval, DAY_MS), fixes: drift.fix ?? false } }),
    schedule: {
      intervalMs: schedule.interval === undefined ? INTERVAL_DEFAULT_MS : msOf(schedule.interval, INTERVAL_DEFAULT_MS),
      onChange: schedule.onChange ?? true,
      isEnabled: schedule.enabled ?? true,
    },
  };
}

function msOf(interval: string, otherwiseMs: number): number {
  return readDuration(interval) ?? otherwiseMs;
}

/** The settings of a job in the words of lockstep.yaml; what has its default for want of a word is left out. */
export function settingsOf(definition: JobDefinition): DeclaredSettings & Required<Pick<DeclaredSettings, 'schedule'>> {
  const { discovery, drift, schedule, ...rest } = definition;
  const { id: _id, name: _name, template: _template, tenantUrl: _url, scope: _scope, ...more } = rest;
  const { users: _users, groups: _groups, nestedGroups: _nested, schema: _schema, ...same } = more;
  const { intervalMs, onChange, isEnabled } = schedule;
  return {
    ...same,
    ...(discovery === undefined ? {} : { discovery: { interval: printDuration(discovery.intervalMs) } }),
    ...(drift === undefined ? {} : { drift: { interval: printDuration(drift.intervalMs), fix: drift.fixes } }),
    schedule: { interval: printDuration(intervalMs), onChange, enabled: isEnabled },
  };
}

/** The job with changed settings. */
export function withSettings(definition: JobDefinition, change: SettingsChange): JobDefinition {
  const { name = definition.name, tenantUrl = definition.tenantUrl, ...settings } = change;
  const before = settingsOf(definition);
  const schedule = settings.schedule === null ? {} : { ...before.schedule, ...settings.schedule };
  const merged = Object.entries({ ...before, ...settings, schedule }).filter(([, value]) => value !== null);
  const removed = new Set(Object.entries(settings).flatMap(([key, value]) => (value === null ? [key] : [])));
  const kept = Object.fromEntries(Object.entries(definition).filter(([key]) => !removed.has(key)));
  // The members are those of the job and of its settings; going by entries forgets their types.
  const part = toSettingsPart(Object.fromEntries(merged) as DeclaredSettings);
  return { ...(kept as unknown as JobDefinition), name, tenantUrl, ...part };
}
