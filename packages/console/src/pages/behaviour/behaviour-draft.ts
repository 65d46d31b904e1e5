import type { AppSettingsChange, AppSettingsShape } from 'lockstep/admin-api/answers';
import { minutesOf } from '../connection/connection-draft.ts';
import { type SettingName, settingKinds, settingNames } from './behaviour-settings.ts';

/** Every setting as it is typed: a number, a choice, or `true` for a flag; empty = its default. */
export type BehaviourDraft = Readonly<Record<SettingName, string>>;

type Settings = AppSettingsShape['settings'];
type Members = Readonly<Record<string, unknown>>;

/** What the settings look like in the form. */
export function toBehaviour(settings: Settings): BehaviourDraft {
  const entries = settingNames.map((name) => [name, textOf(name, valueAt(settings, name))]);
  // One entry for each name of the list.
  return Object.fromEntries(entries) as BehaviourDraft;
}

function valueAt(settings: Settings, name: SettingName): unknown {
  const [outer, inner] = partsOf(name);
  const value = membersOf(settings)[outer];
  return inner === undefined ? value : membersOf(value)[inner];
}

function partsOf(name: SettingName): readonly [outer: string, inner: string | undefined] {
  const [outer = '', inner] = name.split('.');
  return [outer, inner];
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function textOf(name: SettingName, value: unknown): string {
  if (value === undefined) return '';
  const { kind } = settingKinds[name];
  if (kind === 'hours') return String(minutesOf(String(value)) / 60);
  return kind === 'flag' && value === false ? '' : String(value);
}

/** Settings whose text cannot be what they are for. */
export function behaviourFaults(draft: BehaviourDraft): ReadonlySet<SettingName> {
  const faults = new Set(settingNames.filter((name) => isFault(name, draft[name].trim())));
  // What is put right has to be looked at first.
  if (draft['drift.fix'] !== '' && draft['drift.interval'].trim() === '') faults.add('drift.interval');
  return faults;
}

/** The server takes intervals from a second to 30 days. */
const HOURS_MAX = 720;

function isFault(name: SettingName, text: string): boolean {
  const setting = settingKinds[name];
  if (text === '') return false;
  if (setting.kind === 'hours') return !(Number(text) >= 1 / 3_600 && Number(text) <= HOURS_MAX);
  if (setting.kind !== 'number') return false;
  const value = Number(text);
  if (setting.isWhole === true && !Number.isInteger(value)) return true;
  return !(value >= setting.least && value <= (setting.most ?? Number.MAX_SAFE_INTEGER));
}

/** What has to be sent to make the settings equal to the form; empty = nothing differs. */
export function behaviourChange(draft: BehaviourDraft, settings: Settings): AppSettingsChange {
  const before = toBehaviour(settings);
  const changed = settingNames.filter((name) => draft[name].trim() !== before[name]);
  const outers = new Set(changed.map((name) => partsOf(name)[0]));
  // The names and values are those of the API; going by entries forgets their types, and the server checks them.
  return Object.fromEntries(
    [...outers].map((outer) => [outer, sentValue(outer, draft, settings)]),
  ) as AppSettingsChange;
}

/** An object is sent whole, with those of its members that the page does not show. */
function sentValue(outer: string, draft: BehaviourDraft, settings: Settings): unknown {
  const inside = settingNames.filter((name) => partsOf(name)[0] === outer);
  const [only] = inside;
  if (only === outer) return typedValue(only, draft[only].trim()) ?? null;
  const shown = inside.map((name) => [partsOf(name)[1] ?? '', typedValue(name, draft[name].trim())] as const);
  const members = { ...membersOf(membersOf(settings)[outer]), ...Object.fromEntries(shown) };
  const kept = Object.entries(members).filter(([, value]) => value !== undefined);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

function typedValue(name: SettingName, text: string): unknown {
  const setting = settingKinds[name];
  if (text === '') return undefined;
  if (setting.kind === 'number') return Number(text);
  if (setting.kind === 'hours') return `PT${Math.max(1, Math.round(Number(text) * 3_600))}S`;
  return text === 'true' || text === 'false' ? text === 'true' : text;
}
