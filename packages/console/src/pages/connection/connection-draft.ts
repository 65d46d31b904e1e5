import type { AppSettingsChange, AppSettingsShape } from 'lockstep/admin-api/answers';
import { dayOf, endOfDay } from '../settings/end-of-day.ts';

/** The form of the Connection page as it is typed: texts of fields, and boxes. */
export interface ConnectionDraft {
  readonly name: string;
  readonly tenantUrl: string;
  /** Empty = the stored token stays. */
  readonly secretToken: string;
  /** Day on which the token ends, as a date field has it; empty = it is not known. */
  readonly secretEnds: string;
  readonly intervalMinutes: string;
  readonly onChange: boolean;
  readonly enabled: boolean;
  readonly requestsPerSecond: string;
  readonly maxRemovals: string;
  readonly maxRemovalsPercent: string;
  /** One address a line. */
  readonly mails: string;
  readonly onFailure: boolean;
  readonly digest: boolean;
}

/** What the settings look like in the form. */
export function toDraft({ name, tenantUrl, secretExpiresAt, settings }: AppSettingsShape): ConnectionDraft {
  const { schedule, rate, guard, notify } = settings;
  const mail = notify?.mail ?? [];
  return {
    name,
    tenantUrl,
    secretToken: '',
    secretEnds: dayOf(secretExpiresAt),
    intervalMinutes: String(minutesOf(schedule.interval ?? 'PT40M')),
    onChange: schedule.onChange ?? true,
    enabled: schedule.enabled ?? true,
    requestsPerSecond: numberText(rate?.requestsPerSecond),
    maxRemovals: numberText(guard?.maxRemovals),
    maxRemovalsPercent: numberText(guard?.maxRemovalsPercent),
    mails: (typeof mail === 'string' ? [mail] : mail).join('\n'),
    onFailure: notify?.onFailure ?? true,
    digest: notify?.digest === 'daily',
  };
}

/** Fields whose text cannot be what they are for. */
export function faultsOf(draft: ConnectionDraft): ReadonlySet<keyof ConnectionDraft> {
  const isBelow = (text: string, least: number): boolean => text.trim() !== '' && !(Number(text) >= least);
  const faults = new Set<keyof ConnectionDraft>();
  if (draft.name.trim() === '') faults.add('name');
  if (!/^https?:\/\//i.test(draft.tenantUrl.trim())) faults.add('tenantUrl');
  if (draft.intervalMinutes.trim() === '' || isBelow(draft.intervalMinutes, 1 / 60)) faults.add('intervalMinutes');
  if (isBelow(draft.requestsPerSecond, 0.1)) faults.add('requestsPerSecond');
  if (isBelow(draft.maxRemovals, 0)) faults.add('maxRemovals');
  if (isBelow(draft.maxRemovalsPercent, 0) || Number(draft.maxRemovalsPercent) > 100) faults.add('maxRemovalsPercent');
  return faults;
}

/** What has to be sent to make the settings equal to the form; empty = nothing differs. */
export function changeOf(draft: ConnectionDraft, known: AppSettingsShape): AppSettingsChange {
  const before = toDraft(known);
  const differs = (...names: readonly (keyof ConnectionDraft)[]): boolean =>
    names.some((name) => draft[name] !== before[name]);
  return {
    ...(differs('name') ? { name: draft.name.trim() } : {}),
    ...(differs('tenantUrl') ? { tenantUrl: draft.tenantUrl.trim() } : {}),
    ...(draft.secretToken === '' ? {} : { secretToken: draft.secretToken }),
    ...(differs('secretEnds') ? { secretExpiresAt: endOfDay(draft.secretEnds) } : {}),
    ...(differs('intervalMinutes', 'onChange', 'enabled') ? { schedule: scheduleOf(draft) } : {}),
    ...(differs('requestsPerSecond') ? { rate: rateOf(draft) } : {}),
    ...(differs('maxRemovals', 'maxRemovalsPercent') ? { guard: guardOf(draft, known) } : {}),
    ...(differs('mails', 'onFailure', 'digest') ? { notify: notifyOf(draft) } : {}),
  };
}

function scheduleOf(draft: ConnectionDraft): NonNullable<AppSettingsChange['schedule']> {
  const seconds = Math.max(1, Math.round(Number(draft.intervalMinutes) * 60));
  return { interval: `PT${seconds}S`, onChange: draft.onChange, enabled: draft.enabled };
}

function rateOf({ requestsPerSecond }: ConnectionDraft): NonNullable<AppSettingsChange['rate']> | null {
  return requestsPerSecond.trim() === '' ? null : { requestsPerSecond: Number(requestsPerSecond) };
}

/** Limits that the form does not show stay; without any limit the guard goes. */
function guardOf(
  draft: ConnectionDraft,
  { settings }: AppSettingsShape,
): NonNullable<AppSettingsChange['guard']> | null {
  const { maxRemovals: _number, maxRemovalsPercent: _percent, ...others } = settings.guard ?? {};
  const guard = {
    ...others,
    ...(draft.maxRemovals.trim() === '' ? {} : { maxRemovals: Number(draft.maxRemovals) }),
    ...(draft.maxRemovalsPercent.trim() === '' ? {} : { maxRemovalsPercent: Number(draft.maxRemovalsPercent) }),
  };
  return Object.keys(guard).length === 0 ? null : guard;
}

function notifyOf({ mails, onFailure, digest }: ConnectionDraft): NonNullable<AppSettingsChange['notify']> | null {
  const mail = mails
    .split(/[\s,;]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (mail.length === 0) return null;
  return { mail, onFailure, ...(digest ? { digest: 'daily' } : {}) };
}

function numberText(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

/** Minutes of an ISO 8601 duration of days, hours, minutes and seconds. */
export function minutesOf(duration: string): number {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration)?.slice(1) ?? [];
  const [days = '0', hours = '0', minutes = '0', seconds = '0'] = parts.map((part) => part ?? '0');
  return Number(days) * 1_440 + Number(hours) * 60 + Number(minutes) + Number(seconds) / 60;
}
