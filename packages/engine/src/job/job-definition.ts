import type { ObjectMapping } from '@lockstep/gallery';

/** One provisioning configuration: which people go into which app, and how. Plain data; nothing secret. */
export interface JobDefinition {
  /** The app's id; the job has the same. */
  readonly id: string;
  readonly name: string;
  /** Key of the template it was made from, such as `zenvoices`. */
  readonly template: string;
  readonly tenantUrl: string;
  readonly scope: 'assigned' | 'all';
  readonly users: ObjectMapping;
  readonly groups: ObjectMapping;
  /** Wire shapes: `rfc`, or those of a job without the compatibility flag. */
  readonly dialect: 'rfc' | 'entra-legacy';
  /** Absent = as fast as the app answers. */
  readonly rate?: { readonly requestsPerSecond: number };
  /** Absent = removals are not held back. */
  readonly guard?: { readonly maxRemovals?: number; readonly maxRemovalsPercent?: number };
  readonly schedule: JobSchedule;
  readonly notify?: { readonly mail: string; readonly onFailure: boolean };
}

export interface JobSchedule {
  /** Milliseconds from the end of one cycle to the start of the next; 2,400,000 (PT40M) by default. */
  readonly intervalMs: number;
  /** Also start when the directory changes. */
  readonly onChange: boolean;
  readonly isEnabled: boolean;
}
