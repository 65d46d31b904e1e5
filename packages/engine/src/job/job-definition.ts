import type { ObjectMapping } from '@lockstep/gallery';
import type { FeatureOverrides, UpdateMethod } from '@lockstep/scim/client';
import type { ExpressionMode } from '../expression/step.ts';
import type { GraphSchema } from '../graph-schema/graph-schema.ts';
import type { GuardLimits } from '../guard/guard.ts';
import type { QuarantineLimits } from '../quarantine/judge-failures.ts';

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
  /** Whether people in groups within groups belong to the outer group. Absent = `ignore`, as in Entra (rule SCOPE-1). */
  readonly nestedGroups?: 'ignore' | 'flatten';
  /** Wire shapes: `rfc`, or those of a job without the compatibility flag. */
  readonly dialect: 'rfc' | 'entra-legacy';
  /** How expressions settle what Microsoft leaves open. Absent = `entra`. */
  readonly expressionMode?: ExpressionMode;
  /** How accounts are changed. Absent = `auto`: PATCH, unless the app says that it has none. */
  readonly updateMethod?: UpdateMethod;
  /** Most members one PATCH names; absent = 100. */
  readonly memberBatchSize?: number;
  /** What is known better than the app's ServiceProviderConfig tells. */
  readonly features?: FeatureOverrides;
  /** Absent = as fast as the app answers. */
  readonly rate?: { readonly requestsPerSecond: number };
  /** Absent = removals are not held back. */
  readonly guard?: GuardLimits;
  /** When failures put the job into quarantine; what is absent is as published. */
  readonly quarantine?: QuarantineLimits;
  /** Leave accounts alone whose person is unassigned or filtered out (Entra: SkipOutOfScopeDeletions). Default false. */
  readonly skipOutOfScopeDeletions?: boolean;
  /** The app cannot disable: whoever leaves is deleted (rule D7). Default false. */
  readonly hasNoSoftDelete?: boolean;
  /** Whoever was let go and is then gone from the directory for good is deleted in the app too. Default false (rule D4). */
  readonly deleteReleased?: boolean;
  /** What follows when a linked account is gone from the app. Absent = `report` (Entra: InvalidAnchor). */
  readonly afterVanished?: 'report' | 'recreate';
  /** What follows when the app says at a creation that it has the account. Absent = `link`: it is looked up again. */
  readonly onConflict?: 'link' | 'report';
  /** The Graph schema this job was imported from; exporting puts the changes since on top of it. Nothing else reads it. */
  readonly schema?: GraphSchema;
  readonly schedule: JobSchedule;
  readonly notify?: JobNotify;
  /** Absent = by hand only. */
  readonly discovery?: { readonly intervalMs: number };
  readonly drift?: JobDrift;
}

export interface JobSchedule {
  /** Milliseconds from the end of one cycle to the start of the next; 2,400,000 (PT40M) by default. */
  readonly intervalMs: number;
  /** Also start when the directory changes. */
  readonly onChange: boolean;
  readonly isEnabled: boolean;
}

/** Who is told about a job by mail. */
export interface JobNotify {
  readonly mail: string | readonly string[];
  /** Also when a cycle fails as a whole. */
  readonly onFailure: boolean;
  /** One mail a day with everything. Default: a mail an event. */
  readonly digest?: 'daily';
}

/** How often a job's app is compared with what it should be. Absent = by hand only. */
export interface JobDrift {
  readonly intervalMs: number;
  /** Overwrite what differs, under the guard. */
  readonly fixes: boolean;
}
