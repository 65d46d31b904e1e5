import { CONDITION_DEPTH_MAX, type ExpressionMode, type GuardLimits, type QuarantineLimits } from '@lockstep/engine';
import {
  type AppId,
  type FlowType,
  type ReferencedObject,
  type ScopeCondition,
  type ScopeFilter,
  type ScopeOperator,
  type TargetAttribute,
  templates,
} from '@lockstep/gallery';
import type { FeatureOverrides, UpdateMethod } from '@lockstep/scim/client';
import { z } from 'zod';
import { optionalKey } from '../optional-key.ts';
import { readDuration } from './duration.ts';

/**
 * One mapping row as lockstep.yaml and the admin API write it: one of source, expression, constant, or `none`. A row that only
 * switches the template's row off or on, or changes how it flows, needs no source.
 */
export interface DeclaredMapping {
  /** SCIM path, such as `emails[type eq "work"].value`. */
  readonly target: string;
  readonly source?: string;
  readonly expression?: string;
  readonly constant?: string;
  /** The target is left alone; an empty one gets the default at creation. */
  readonly none?: true;
  /** Matching precedence from 1; 0 = no longer a matching attribute. Absent = as in the template. */
  readonly match?: number;
  readonly default?: string;
  readonly defaultOn?: 'create' | 'create-and-update';
  readonly apply?: FlowType;
  readonly flowBehavior?: 'when-changed' | 'always';
  /** A null source takes the attribute out of the account. Default false, as Entra. */
  readonly clearWhenNull?: boolean;
  /** False keeps the row and does not run it. */
  readonly enabled?: boolean;
}

/** What differs from the template for users or groups. */
export interface DeclaredObject {
  readonly enabled?: boolean;
  readonly actions?: readonly ('create' | 'update' | 'delete')[];
  /** A row replaces the template's row of the same target, or comes behind the others. */
  readonly mappings?: readonly DeclaredMapping[];
  /** Targets of rows to leave out. */
  readonly remove?: readonly string[];
  readonly filters?: readonly ScopeFilter[];
  /** Objects that fail these are not seen; nothing is done about them. */
  readonly inputFilters?: readonly ScopeFilter[];
  /** Rows of the target attribute list, replaced or added by name. */
  readonly attributes?: readonly TargetAttribute[];
}

export interface DeclaredAssignment {
  /** Sign-in name, objectId, mail or employeeId of a person. Either this or `group`. */
  readonly user?: string;
  /** Name or objectId of a group. */
  readonly group?: string;
  /** Values of app roles; none = Default Access. Roles that do not exist yet are made. */
  readonly roles?: readonly string[];
}

export interface DeclaredRole {
  readonly value: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly enabled?: boolean;
  readonly allowedMemberTypes?: readonly ('User' | 'Group')[];
}

/** An app as lockstep.yaml and the admin API declare it: a template and what differs from it. */
export interface DeclaredApp {
  readonly name: string;
  readonly template: AppId;
  readonly tenantUrl: string;
  /** The token itself, once read from where the file says it is. Absent = the one that is stored stays. */
  readonly secretToken?: string;
  readonly scope?: 'assigned' | 'all';
  readonly roles?: readonly DeclaredRole[];
  /** The whole truth about who is assigned, when it is there. Absent = assignments stay as they are. */
  readonly assignments?: readonly DeclaredAssignment[];
  /** Scoping filters of users. */
  readonly filters?: readonly ScopeFilter[];
  /** Input filters of users. */
  readonly inputFilters?: readonly ScopeFilter[];
  readonly users?: Omit<DeclaredObject, 'enabled' | 'filters' | 'inputFilters'>;
  readonly groups?: DeclaredObject & {
    /** Whether people in groups within groups belong to the outer group; default `ignore`. */
    readonly nested?: 'ignore' | 'flatten';
  };
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

const NAME_LENGTH_MAX = 120;
const ROWS_MAX = 500;
const ASSIGNMENTS_MAX = 10_000;

const operators: readonly [ScopeOperator, ...ScopeOperator[]] = [
  'EQUALS',
  'NOT EQUALS',
  'REGEX MATCH',
  'NOT REGEX MATCH',
  'IS NULL',
  'IS NOT NULL',
  'IS TRUE',
  'IS FALSE',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUALS',
  'INCLUDES',
  'ENDS_WITH',
  'IS MEMBER OF',
  'IS NOT MEMBER OF',
];

const flowTypes: readonly [FlowType, ...FlowType[]] = [
  'always',
  'create-only',
  'multi-value-add-only',
  'value-add-only',
  'attribute-add-only',
];

const text = z.string().min(1).max(10_000);

const clauseSchema = z.strictObject({
  attribute: text,
  operator: z.enum(operators),
  value: optionalKey(z.string()),
  comparison: optionalKey(z.enum(['all', 'any'])),
  orEmpty: optionalKey(z.boolean()),
});

/** Read level by level, so that the depth is bounded; deeper nesting is a fault. */
function conditionSchema(depth: number): z.ZodType<ScopeCondition> {
  if (depth === 0) return clauseSchema;
  const inner = z
    .array(conditionSchema(depth - 1))
    .min(1)
    .max(50);
  return z.union([clauseSchema, z.strictObject({ any: inner }), z.strictObject({ all: inner })]);
}

const filterSchema = z.strictObject({
  title: text,
  clauses: z.array(conditionSchema(CONDITION_DEPTH_MAX)).min(1).max(50),
});

const mappingSchema = z
  .strictObject({
    target: text,
    source: optionalKey(text),
    expression: optionalKey(text),
    constant: optionalKey(z.string()),
    none: optionalKey(z.literal(true)),
    match: optionalKey(z.int().min(0).max(100)),
    default: optionalKey(z.string()),
    defaultOn: optionalKey(z.enum(['create', 'create-and-update'])),
    apply: optionalKey(z.enum(flowTypes)),
    flowBehavior: optionalKey(z.enum(['when-changed', 'always'])),
    clearWhenNull: optionalKey(z.boolean()),
    enabled: optionalKey(z.boolean()),
  })
  .refine((row) => sourceCount(row) <= 1, {
    message: 'only one of source, expression, constant and none may be given',
  });

function sourceCount(row: Pick<DeclaredMapping, 'source' | 'expression' | 'constant' | 'none'>): number {
  return [row.source, row.expression, row.constant, row.none].filter((one) => one !== undefined).length;
}

const namedText = z.strictObject({ key: text, value: z.string().nullable() });

const referencesSchema = z
  .array(z.strictObject({ referencedObjectName: text, referencedProperty: optionalKey(z.string().nullable()) }))
  .max(50);

const attributeSchema = z.strictObject({
  name: text,
  type: z.enum(['String', 'Boolean', 'Integer', 'Reference', 'DateTime', 'Binary']).default('String'),
  multiValued: optionalKey(z.boolean()),
  required: optionalKey(z.boolean()),
  caseExact: optionalKey(z.boolean()),
  filterable: optionalKey(z.boolean()),
  anchor: optionalKey(z.boolean()),
  mutability: optionalKey(z.enum(['ReadWrite', 'ReadOnly', 'Immutable', 'WriteOnly'])),
  defaultValue: optionalKey(z.string()),
  flowNullValues: optionalKey(z.boolean()),
  referencedObjects: optionalKey(referencesSchema),
  apiExpressions: optionalKey(z.array(namedText).max(50)),
  metadata: optionalKey(z.array(namedText).max(50)),
});

const featuresSchema = z.strictObject({
  patch: optionalKey(z.boolean()),
  filter: optionalKey(z.boolean()),
  filterMaxResults: optionalKey(z.int().min(1)),
  bulk: optionalKey(z.boolean()),
  bulkMaxOperations: optionalKey(z.int().min(1)),
  bulkMaxPayloadSize: optionalKey(z.int().min(1)),
  sort: optionalKey(z.boolean()),
  etag: optionalKey(z.boolean()),
  changePassword: optionalKey(z.boolean()),
});

/** Of two rows of one name only the last would count, which nobody means. */
function refuseSecond<T>(nameOf: (row: T) => string): (rows: readonly T[], context: z.RefinementCtx) => void {
  return (rows, context) => {
    const seen = new Set<string>();
    rows.forEach((row, index) => {
      const name = nameOf(row).trim().toLowerCase();
      const message = `a second row of ${nameOf(row)}; one is enough`;
      if (seen.has(name)) context.addIssue({ code: 'custom', path: [index], message });
      seen.add(name);
    });
  };
}

const rows = {
  actions: optionalKey(z.array(z.enum(['create', 'update', 'delete']))),
  mappings: optionalKey(
    z
      .array(mappingSchema)
      .max(ROWS_MAX)
      .superRefine(refuseSecond(({ target }) => target)),
  ),
  remove: optionalKey(z.array(text).max(ROWS_MAX)),
  attributes: optionalKey(
    z
      .array(attributeSchema)
      .max(ROWS_MAX)
      .superRefine(refuseSecond(({ name }) => name)),
  ),
};

const filters = optionalKey(z.array(filterSchema).max(100));

const roleValue = z.string().min(1).max(120).regex(/^\S+$/, 'a role value holds no spaces');

const assignmentSchema = z
  .strictObject({
    user: optionalKey(text),
    group: optionalKey(text),
    roles: optionalKey(z.array(roleValue).max(100)),
  })
  .refine((one) => (one.user === undefined) !== (one.group === undefined), {
    message: 'either user or group is needed',
  });

const roleSchema = z.strictObject({
  value: roleValue,
  displayName: optionalKey(text),
  description: optionalKey(z.string().max(2_000)),
  enabled: optionalKey(z.boolean()),
  allowedMemberTypes: optionalKey(z.array(z.enum(['User', 'Group'])).min(1)),
});

const interval = z.string().refine(
  (value) => {
    const ms = readDuration(value);
    return ms !== undefined && ms >= 1_000 && ms <= 30 * 86_400_000;
  },
  { message: 'an ISO 8601 duration from PT1S to P30D is expected, such as PT40M' },
);

/** The gallery's own keys: a record's keys are typed as text only. */
const templateIds = Object.keys(templates) as [AppId, ...AppId[]];

/** Reads the declaration of an app. Unknown keys are faults. */
export const declaredAppSchema: z.ZodType<DeclaredApp> = z.strictObject({
  name: z.string().trim().min(1).max(NAME_LENGTH_MAX),
  template: z.enum(templateIds),
  tenantUrl: z.url({ protocol: /^https?$/ }).max(2_000),
  secretToken: optionalKey(text),
  scope: optionalKey(z.enum(['assigned', 'all'])),
  roles: optionalKey(z.array(roleSchema).max(ROWS_MAX)),
  assignments: optionalKey(z.array(assignmentSchema).max(ASSIGNMENTS_MAX)),
  filters,
  inputFilters: filters,
  users: optionalKey(z.strictObject(rows)),
  groups: optionalKey(
    z.strictObject({
      ...rows,
      enabled: optionalKey(z.boolean()),
      filters,
      inputFilters: filters,
      nested: optionalKey(z.enum(['ignore', 'flatten'])),
    }),
  ),
  schedule: optionalKey(
    z.strictObject({
      interval: optionalKey(interval),
      onChange: optionalKey(z.boolean()),
      enabled: optionalKey(z.boolean()),
    }),
  ),
  rate: optionalKey(z.strictObject({ requestsPerSecond: z.number().min(0.1).max(10_000) })),
  guard: optionalKey(
    z.strictObject({
      maxRemovals: optionalKey(z.int().min(0)),
      maxRemovalsPercent: optionalKey(z.number().min(0).max(100)),
      maxMembershipRemovals: optionalKey(z.int().min(0)),
      maxIdentityChanges: optionalKey(z.int().min(0)),
      maxRoleRaises: optionalKey(z.int().min(0)),
      expiresAfterDays: optionalKey(z.number().min(0.01).max(365)),
    }),
  ),
  skipOutOfScopeDeletions: optionalKey(z.boolean()),
  hasNoSoftDelete: optionalKey(z.boolean()),
  deleteReleased: optionalKey(z.boolean()),
  afterVanished: optionalKey(z.enum(['report', 'recreate'])),
  onConflict: optionalKey(z.enum(['link', 'report'])),
  quarantine: optionalKey(
    z.strictObject({
      failuresMin: optionalKey(z.int().min(1)),
      failedPercentMax: optionalKey(z.number().min(0).max(100)),
      failuresMax: optionalKey(z.int().min(0)),
      totalFailuresMax: optionalKey(z.int().min(0)),
    }),
  ),
  notify: optionalKey(
    z.strictObject({
      mail: z.union([z.email(), z.array(z.email()).min(1).max(50)]),
      onFailure: optionalKey(z.boolean()),
      digest: optionalKey(z.literal('daily')),
    }),
  ),
  discovery: optionalKey(z.strictObject({ interval })),
  drift: optionalKey(z.strictObject({ interval, fix: optionalKey(z.boolean()) })),
  dialect: optionalKey(z.enum(['rfc', 'entra-legacy'])),
  expressionMode: optionalKey(z.enum(['entra', 'extended'])),
  updateMethod: optionalKey(z.enum(['patch', 'put', 'auto'])),
  memberBatchSize: optionalKey(z.int().min(1).max(10_000)),
  features: optionalKey(featuresSchema),
});

/** Reads one mapping row. */
export const declaredMappingSchema: z.ZodType<DeclaredMapping> = mappingSchema;

/** Referenced objects of an attribute of type Reference. */
export const declaredReferencesSchema: z.ZodType<readonly ReferencedObject[]> = referencesSchema;

/** Reads one row of a target attribute list; the type is String when it is not said. */
export const declaredAttributeSchema: z.ZodType<TargetAttribute> = attributeSchema;

/** Reads a list of scoping filters. */
export const declaredFiltersSchema: z.ZodType<readonly ScopeFilter[]> = z.array(filterSchema).max(100);

/** Reads one app role. */
export const declaredRoleSchema: z.ZodType<DeclaredRole> = roleSchema;

/** Reads one assignment. */
export const declaredAssignmentSchema: z.ZodType<DeclaredAssignment> = assignmentSchema;
