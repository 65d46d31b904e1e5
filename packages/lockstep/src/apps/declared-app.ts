import { CONDITION_DEPTH_MAX } from '@lockstep/engine';
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
import { z } from 'zod';
import { optionalKey } from '../optional-key.ts';
import {
  appNameSchema,
  type DeclaredSettings,
  secretExpiresAtSchema,
  secretTokenSchema,
  settingsShape,
  tenantUrlSchema,
} from './declared-settings.ts';

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
export interface DeclaredApp extends DeclaredSettings {
  readonly name: string;
  readonly template: AppId;
  readonly tenantUrl: string;
  /** The token itself, once read from where the file says it is. Absent = the one that is stored stays. */
  readonly secretToken?: string;
  /** When the token ends. Absent = what a JSON Web Token says itself, or what is known of the one that stays. */
  readonly secretExpiresAt?: string | null;
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
}

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

/** The gallery's own keys: a record's keys are typed as text only. */
const templateIds = Object.keys(templates) as [AppId, ...AppId[]];

/** Reads the declaration of an app. Unknown keys are faults. */
export const declaredAppSchema: z.ZodType<DeclaredApp> = z.strictObject({
  name: appNameSchema,
  template: z.enum(templateIds),
  tenantUrl: tenantUrlSchema,
  secretToken: optionalKey(secretTokenSchema),
  secretExpiresAt: optionalKey(secretExpiresAtSchema),
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
  ...settingsShape,
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
