import { z } from 'zod';
import { type EditShape, editSchema } from '../admin-api/edit-shape.ts';
import { type LinkShape, linkSchema } from '../admin-api/link-routes.ts';
import { mappingPreviewSchema } from '../admin-api/mapping-routes.ts';
import { type ImportShape, schemaImportSchema } from '../admin-api/schema-routes.ts';
import { type ScopeShape, scopeCountsSchema, scopeSchema } from '../admin-api/scope-routes.ts';
import { jsonSchema } from '../admin-api/shapes.ts';
import type { ScopeCounts } from '../apps/count-scope.ts';
import type { MappingPreview } from '../apps/previews.ts';

/** The rows and attributes of users or groups. */
export interface MappingTableAnswer {
  readonly enabled: boolean;
  readonly actions: Readonly<Record<string, boolean>>;
  readonly mappings: readonly {
    readonly target: string;
    readonly source: {
      readonly kind: string;
      readonly name?: string | undefined;
      readonly text?: string | undefined;
      readonly value?: string | undefined;
    };
    readonly apply: string;
    readonly matchingPrecedence?: number | undefined;
    readonly defaultValue?: string | undefined;
    readonly defaultOn?: string | undefined;
    readonly flowBehavior?: string | undefined;
    readonly clearWhenNull?: boolean | undefined;
    readonly enabled?: boolean | undefined;
  }[];
  readonly targetAttributes: readonly {
    readonly name: string;
    readonly type: string;
    readonly multiValued?: boolean | undefined;
    readonly required?: boolean | undefined;
    readonly caseExact?: boolean | undefined;
    readonly filterable?: boolean | undefined;
    readonly anchor?: boolean | undefined;
    readonly mutability?: string | undefined;
    readonly defaultValue?: string | undefined;
    readonly referencedObjects?: readonly { readonly referencedObjectName: string }[] | undefined;
  }[];
  readonly problems: readonly { readonly target: string; readonly message: string }[];
  readonly warnings: readonly { readonly place: string; readonly message: string }[];
}

const flagOf = z.boolean().optional();
const textOf = z.string().optional();

export const mappingTable: z.ZodType<MappingTableAnswer> = z.looseObject({
  enabled: z.boolean(),
  actions: z.record(z.string(), z.boolean()),
  mappings: z.array(
    z.looseObject({
      target: z.string(),
      source: z.looseObject({ kind: z.string(), name: textOf, text: textOf, value: textOf }),
      apply: z.string(),
      matchingPrecedence: z.number().optional(),
      defaultValue: textOf,
      defaultOn: textOf,
      flowBehavior: textOf,
      clearWhenNull: flagOf,
      enabled: flagOf,
    }),
  ),
  targetAttributes: z.array(
    z.looseObject({
      name: z.string(),
      type: z.string(),
      multiValued: flagOf,
      required: flagOf,
      caseExact: flagOf,
      filterable: flagOf,
      anchor: flagOf,
      mutability: textOf,
      defaultValue: textOf,
      referencedObjects: z.array(z.looseObject({ referencedObjectName: z.string() })).optional(),
    }),
  ),
  problems: z.array(z.object({ target: z.string(), message: z.string() })),
  warnings: z.array(z.object({ place: z.string(), message: z.string() })),
});

/** An app role. */
export interface RoleAnswer {
  readonly value: string;
  readonly displayName: string;
  readonly isEnabled: boolean;
  readonly allowedMemberTypes: readonly string[];
}

export const role: z.ZodType<RoleAnswer> = z.looseObject({
  value: z.string(),
  displayName: z.string(),
  isEnabled: z.boolean(),
  allowedMemberTypes: z.array(z.string()),
});

export const roles: z.ZodType<{ readonly items: readonly RoleAnswer[] }> = z.object({ items: z.array(role) });
export const removedRole: z.ZodType<{ readonly unassigned: number }> = z.object({ unassigned: z.number() });
export const edit: z.ZodType<EditShape> = editSchema;
export const schemaImport: z.ZodType<ImportShape> = schemaImportSchema;
export const schemaDocument: z.ZodType = jsonSchema;
export const mappingPreview: z.ZodType<MappingPreview> = mappingPreviewSchema;
export const scope: z.ZodType<ScopeShape> = scopeSchema;
export const scopeCounts: z.ZodType<ScopeCounts> = scopeCountsSchema;
export const link: z.ZodType<LinkShape> = linkSchema;
export const links: z.ZodType<{ readonly items: readonly LinkShape[]; readonly next?: string | undefined }> = z.object({
  items: z.array(linkSchema),
  next: z.string().optional(),
});
