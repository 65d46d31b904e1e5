import type { Change } from '../plan/plan.ts';
import type { ObjectType } from '../ports/engine-store.ts';
import type { ScopeVerdict } from '../scope/judge-scope.ts';
import type { LogStep, ModifiedProperty } from './log-record.ts';

/** The object was read from the directory. */
export function importStep(objectType: ObjectType, isNew: boolean): LogStep {
  return {
    name: isNew ? 'EntryImportAdd' : 'EntryImportUpdate',
    type: 'import',
    status: 'success',
    description: `Read the ${objectType} from the directory.`,
  };
}

/** The app was asked for an account, or one was known already. */
export function matchingStep(description: string, details: Readonly<Record<string, string>> = {}): LogStep {
  return { name: 'EntryImport', type: 'matching', status: 'success', description, details };
}

export function failedMatchingStep(description: string): LogStep {
  return { name: 'EntryImport', type: 'matching', status: 'failure', description };
}

/** What the scope said, with the clause that decided. */
export function scopingStep(verdict: ScopeVerdict): LogStep {
  const shared = { name: 'EntrySynchronizationScoping', type: 'scoping' } as const;
  if (verdict.inScope) return { ...shared, status: 'success', description: 'The object is in scope.' };
  return {
    ...shared,
    status: 'skipped',
    description: verdict.text,
    details: { because: verdict.because, code: verdict.code },
  };
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

/** A change was sent to the app. */
export function exportStep(action: keyof typeof EXPORT_NAMES, status: LogStep['status'], description: string): LogStep {
  return { name: EXPORT_NAMES[action], type: 'export', status, description };
}

export function toModifiedProperties(changes: readonly Change[]): readonly ModifiedProperty[] {
  return changes.map(({ attribute, oldValue, newValue }) => ({ displayName: attribute, oldValue, newValue }));
}
