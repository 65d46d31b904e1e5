import { shownSteps } from '@lockstep/engine';
import type { LogRecord } from '@lockstep/engine/ports';
import { timeText } from './shapes.ts';

/** One of the three files of a CSV export; the change id joins them (Entra: "Download provisioning logs"). */
export type CsvPart = 'logs' | 'steps' | 'properties';

/** Names of the files, as Entra's download has them. */
export const CSV_FILES: Readonly<Record<CsvPart, string>> = {
  logs: 'ProvisioningLogs.csv',
  steps: 'ProvisioningLogs_ProvisioningSteps.csv',
  properties: 'ProvisioningLogs_ModifiedProperties.csv',
};

const HEADS: Readonly<Record<CsvPart, readonly string[]>> = {
  logs: [
    'id',
    'changeId',
    'cycleId',
    'jobId',
    'activityDateTime',
    'durationInMilliseconds',
    'provisioningAction',
    'status',
    'errorCode',
    'reason',
    'recommendedAction',
    'sourceId',
    'sourceDisplayName',
    'sourceType',
    'targetId',
    'targetDisplayName',
  ],
  steps: ['changeId', 'order', 'name', 'provisioningStepType', 'status', 'description', 'details'],
  properties: ['changeId', 'displayName', 'oldValue', 'newValue'],
};

/** First line of a file. */
export function csvHead(part: CsvPart): string {
  return csvLine(HEADS[part]);
}

/** Lines of one record in a file. */
export function csvLines(part: CsvPart, record: LogRecord): string {
  return ROWS[part](record).map(csvLine).join('');
}

const ROWS: Readonly<Record<CsvPart, (record: LogRecord) => readonly (readonly string[])[]>> = {
  logs: (record) => [
    [
      record.id,
      record.changeId,
      record.cycleId,
      record.jobId,
      timeText(record.atMs),
      String(record.durationMs),
      record.action,
      record.status,
      record.error?.code ?? '',
      record.error?.reason ?? '',
      record.error?.recommendedAction ?? '',
      record.source.id,
      record.source.displayName,
      record.source.type,
      record.target?.id ?? '',
      record.target?.displayName ?? '',
    ],
  ],
  steps: (record) =>
    shownSteps(record).map((step, at) => [
      record.changeId,
      String(at + 1),
      step.name,
      step.type,
      step.status,
      step.description,
      step.details === undefined ? '' : JSON.stringify(step.details),
    ]),
  properties: (record) =>
    record.modifiedProperties.map(({ displayName, oldValue, newValue }) => [
      record.changeId,
      displayName,
      oldValue ?? '',
      newValue ?? '',
    ]),
};

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Text that a spreadsheet would take for a formula gets a quote in front of it. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A record in the shape of Microsoft Graph's provisioningObjectSummary. */
export function objectSummary(record: LogRecord, app: string): Readonly<Record<string, unknown>> {
  const { error, status } = record;
  const errorInformation =
    error === undefined
      ? null
      : {
          errorCode: error.code,
          reason: error.reason,
          additionalDetails: null,
          errorCategory: status === 'failure' ? 'failure' : 'nonServiceFailure',
          recommendedAction: error.recommendedAction ?? null,
        };
  return {
    id: record.id,
    activityDateTime: timeText(record.atMs),
    tenantId: '',
    jobId: record.jobId,
    cycleId: record.cycleId,
    changeId: record.changeId,
    provisioningAction: record.action,
    durationInMilliseconds: record.durationMs,
    provisioningStatusInfo: { status, errorInformation },
    provisioningSteps: shownSteps(record).map(({ type, ...step }) => ({ ...step, provisioningStepType: type })),
    modifiedProperties: record.modifiedProperties,
    servicePrincipal: { id: record.jobId, displayName: app },
    sourceSystem: { id: 'lockstep', displayName: 'Lockstep directory', details: {} },
    targetSystem: { id: record.jobId, displayName: app, details: {} },
    sourceIdentity: identity(record.source),
    targetIdentity: record.target === null ? null : identity(record.target),
    initiatedBy: { id: '', displayName: 'Lockstep Provisioning Service', initiatorType: 'system' },
    wire: record.wire ?? [],
  };
}

function identity(of: LogRecord['source']): Readonly<Record<string, unknown>> {
  return { id: of.id, displayName: of.displayName, identityType: of.type, details: {} };
}
