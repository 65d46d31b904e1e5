/** Kinds of step, as in the provisioning logs (Entra: "Provisioning logs", provisioningStepType). */
export type StepType = 'import' | 'scoping' | 'matching' | 'processing' | 'referenceResolution' | 'export';

export interface LogStep {
  /** Entra's step name, such as `EntryExportAdd`. */
  readonly name: string;
  readonly type: StepType;
  readonly status: 'success' | 'warning' | 'failure' | 'skipped';
  /** One sentence for a person. */
  readonly description: string;
  readonly details?: Readonly<Record<string, string>>;
}

export interface ModifiedProperty {
  readonly displayName: string;
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

export interface LogIdentity {
  readonly id: string;
  readonly displayName: string;
  readonly type: string;
}

/** One attempt on the wire, redacted (RFC 7644 messages, without headers). */
export interface WireExchange {
  readonly method: string;
  /** Path and query below the tenant URL. */
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  readonly durationMs: number;
  /** Absent when no answer came; then `failure` tells why. */
  readonly status?: number;
  readonly failure?: string;
  readonly requestBody?: string;
  readonly responseBody?: string;
}

/** One entry of the provisioning log: one object, one cycle. */
export interface LogRecord {
  /** Given by the store: rises with each record. 0 before it is stored. */
  readonly number: number;
  readonly id: string;
  readonly jobId: string;
  readonly cycleId: string;
  readonly changeId: string;
  readonly atMs: number;
  readonly durationMs: number;
  readonly action: 'create' | 'update' | 'delete' | 'disable' | 'stagedDelete' | 'other';
  readonly status: 'success' | 'warning' | 'failure' | 'skipped';
  /** Present on failures and skips: Entra's code, a plain sentence, and what to do. */
  readonly error?: { readonly code: string; readonly reason: string; readonly recommendedAction?: string };
  readonly source: LogIdentity;
  readonly target: LogIdentity | null;
  readonly steps: readonly LogStep[];
  readonly modifiedProperties: readonly ModifiedProperty[];
  /** True when the app's existing account was taken over rather than a new one made. */
  readonly isLinked: boolean;
  /** Requests and answers of a change or a failure, secrets masked. */
  readonly wire?: readonly WireExchange[];
}
