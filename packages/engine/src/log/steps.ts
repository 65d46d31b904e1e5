import type { JsonObject } from '@lockstep/scim';
import type { Change } from '../plan/plan.ts';
import type { ObjectType } from '../ports/engine-store.ts';
import type { JobScope, ScopeVerdict } from '../scope/judge-scope.ts';
import { textsOf } from '../scope/scoping-filter.ts';
import type { LogRecord, LogStep, ModifiedProperty } from './log-record.ts';

type Details = Readonly<Record<string, string>>;

/** Longest value a step shows. */
const VALUE_LENGTH_MAX = 500;

/**
 * The object was read from the directory; the details are its attributes, those without a value absent.
 *
 * @param secrets texts that an expression marked by Redact
 */
export function importStep(objectType: ObjectType, isNew: boolean, of: ImportedObject): LogStep {
  return {
    name: isNew ? 'EntryImportAdd' : 'EntryImportUpdate',
    type: 'import',
    status: 'success',
    description: `Read the ${objectType} from the directory.`,
    details: attributeDetails(of),
  };
}

export interface ImportedObject {
  readonly attributes: JsonObject;
  readonly secrets: readonly string[];
}

function attributeDetails({ attributes, secrets }: ImportedObject): Details {
  const details: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    details[name] = secrets.some((secret) => text.includes(secret)) ? '[Redact]' : shortened(text);
  }
  return details;
}

function shortened(text: string): string {
  return text.length <= VALUE_LENGTH_MAX ? text : `${text.slice(0, VALUE_LENGTH_MAX)}...`;
}

/** The app was asked for an account, or one was known already. */
export function matchingStep(description: string, details: Readonly<Record<string, string>> = {}): LogStep {
  return { name: 'EntryImport', type: 'matching', status: 'success', description, details };
}

export function failedMatchingStep(description: string, details: Details = {}): LogStep {
  return { name: 'EntryImport', type: 'matching', status: 'failure', description, details };
}

/** What of the object and the job the scoping step shows, in the words of Entra's screen. */
export interface ScopeFacts {
  readonly isActive: boolean;
  readonly isAssigned: boolean;
  readonly attributes: JsonObject;
  readonly scope: JobScope;
}

/** What the scope said: both layers, each filter as `{title} {attribute} {operator} {value}`, and what decided. */
export function scopingStep(verdict: ScopeVerdict, facts: ScopeFacts): LogStep {
  const details: Record<string, string> = {
    'Active in the source system': trueFalse(facts.isActive),
    'Assigned to the application': trueFalse(facts.isAssigned),
    'Scope sync all': trueFalse(facts.scope.scope === 'all'),
  };
  for (const { filter, clauses } of facts.scope.filters) {
    for (const { clause, holds } of clauses) {
      const words = [filter.title, clause.attribute, clause.operator, clause.value];
      const actual = textsOf(facts.attributes, clause.attribute);
      const has = actual.length === 0 ? 'no value' : actual.join(', ');
      const isTrue = holds(facts.attributes);
      details[words.filter((word) => word !== undefined).join(' ')] = isTrue ? 'True' : shortened(`False (${has})`);
    }
  }
  const shared = { name: 'EntrySynchronizationScoping', type: 'scoping' } as const;
  if (verdict.inScope) return { ...shared, status: 'success', description: 'The object is in scope.', details };
  const { because, code, text } = verdict;
  return { ...shared, status: 'skipped', description: text, details: { ...details, because, code } };
}

function trueFalse(value: boolean): string {
  return value ? 'True' : 'False';
}

/** An attribute could not be made. */
export function processingFailure(description: string): LogStep {
  return { name: 'EntrySynchronizationUpdate', type: 'processing', status: 'failure', description };
}

/** Nothing had to be written. */
export function skipStep(code: string, description: string): LogStep {
  return {
    name: 'EntrySynchronizationSkip',
    type: 'export',
    status: 'skipped',
    description,
    details: { SkipReason: code },
  };
}

const EXPORT_NAMES = {
  create: 'EntryExportAdd',
  update: 'EntryExportUpdate',
  disable: 'EntryExportUpdateSoftDelete',
  delete: 'EntryExportDelete',
} as const;

/** A change was sent to the app. What was written is in the record's modified properties, once. */
export function exportStep(action: keyof typeof EXPORT_NAMES, status: LogStep['status'], description: string): LogStep {
  return { name: EXPORT_NAMES[action], type: 'export', status, description };
}

/** The steps as a screen shows them: the export step with the attributes that were written. */
export function shownSteps(record: Pick<LogRecord, 'steps' | 'modifiedProperties'>): readonly LogStep[] {
  const written = record.modifiedProperties.flatMap(({ displayName, newValue }) =>
    newValue === null ? [] : [[displayName, newValue] as const],
  );
  if (written.length === 0) return record.steps;
  return record.steps.map((step) =>
    step.type === 'export' && step.details === undefined ? { ...step, details: Object.fromEntries(written) } : step,
  );
}

export function toModifiedProperties(changes: readonly Change[]): readonly ModifiedProperty[] {
  return changes.map(({ attribute, oldValue, newValue }) => ({ displayName: attribute, oldValue, newValue }));
}
