import { createRoute } from '@hono/zod-openapi';
import {
  addAttribute,
  changeAttribute,
  deleteAttribute,
  deleteMappingRow,
  findRowProblems,
  type JobDefinition,
  type ObjectMapping,
  setMappingRow,
  type TargetAttribute,
} from '@lockstep/engine';
import type { Context } from 'hono';
import { z } from 'zod';
import { tagOf } from '../apps/app-service.ts';
import { overrideRows } from '../apps/build-definition.ts';
import { rowWarnings } from '../apps/check-definition.ts';
import {
  type DeclaredMapping,
  declaredAttributeSchema,
  declaredMappingSchema,
  declaredReferencesSchema,
} from '../apps/declared-app.ts';
import { findTemplate } from '../apps/find-template.ts';
import type { MappingPreview } from '../apps/previews.ts';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { type EditShape, editApp, editSchema, mappingOf, type ObjectKind, withMapping } from './edit-shape.ts';
import { answers, flag, problems, takes } from './shapes.ts';

const params = z.object({ app: z.string().max(200) });
const rowParams = params.extend({ target: z.string().max(1_000) });
const nameParams = params.extend({ name: z.string().max(1_000) });
/** Which mapping, and whether only to try. */
const editQuery = z.object({ object: z.enum(['user', 'group']).default('user'), dryRun: flag });
const tags = ['mappings'];
const responses = { 200: answers('What was done', editSchema), ...problems };

/** The mapping of one kind of object, as the job has it. */
export interface MappingTableShape
  extends Pick<ObjectMapping, 'objectType' | 'enabled' | 'actions' | 'mappings' | 'targetAttributes'> {
  /** Of groups: whether people in a group within a group count as members of the outer one. */
  readonly nested?: 'ignore' | 'flatten';
  /** What keeps a row from running. */
  readonly problems: readonly { readonly target: string; readonly message: string }[];
  /** What runs here and is doubtful in Entra. */
  readonly warnings: readonly { readonly place: string; readonly message: string }[];
}

/** The form of a mapping. */
export const mappingTableSchema: z.ZodType<MappingTableShape> = z.object({
  objectType: z.enum(['user', 'group']),
  enabled: z.boolean(),
  actions: z.object({ create: z.boolean(), update: z.boolean(), delete: z.boolean() }),
  mappings: z.array(z.looseObject({ target: z.string() })),
  targetAttributes: z.array(z.looseObject({ name: z.string() })),
  nested: optionalKey(z.enum(['ignore', 'flatten'])),
  problems: z.array(z.object({ target: z.string(), message: z.string() })),
  warnings: z.array(z.object({ place: z.string(), message: z.string() })),
  // Rows and attributes are the engine's own, as they are; the description names their keys alone.
}) as unknown as z.ZodType<MappingTableShape>;

const list = createRoute({
  method: 'get',
  path: '/apps/{app}/mappings',
  tags,
  summary: 'Mapping rows and target attributes of users or groups; the ETag goes into If-Match of a change',
  request: { params, query: z.object({ object: z.enum(['user', 'group']).default('user') }) },
  responses: { 200: answers('The mapping', mappingTableSchema), ...problems },
});

const change = createRoute({
  method: 'put',
  path: '/apps/{app}/mappings',
  tags,
  summary: 'Switches the mapping of groups on or off, sets the target object actions, or what becomes of nested groups',
  request: {
    params,
    query: editQuery,
    body: takes(
      z.strictObject({
        enabled: optionalKey(z.boolean()),
        actions: optionalKey(z.array(z.enum(['create', 'update', 'delete']))),
        nested: optionalKey(z.enum(['ignore', 'flatten'])),
      }),
    ),
  },
  responses,
});

const add = createRoute({
  method: 'post',
  path: '/apps/{app}/mappings',
  tags,
  summary: 'Adds a mapping row',
  request: { params, query: editQuery, body: takes(declaredMappingSchema) },
  responses,
});

const set = createRoute({
  method: 'put',
  path: '/apps/{app}/mappings/{target}',
  tags,
  summary: 'Changes the row of a target; what the body does not name stays. A target without a row gets one',
  request: { params: rowParams, query: editQuery, body: takes(declaredMappingSchema) },
  responses,
});

const remove = createRoute({
  method: 'delete',
  path: '/apps/{app}/mappings/{target}',
  tags,
  summary: 'Deletes the row of a target; those of required attributes stay',
  request: { params: rowParams, query: editQuery },
  responses,
});

const restore = createRoute({
  method: 'post',
  path: '/apps/{app}/mappings/restore',
  tags,
  summary: 'Puts rows, attributes and actions back to those of the template; filters stay',
  request: {
    params,
    query: z.object({ dryRun: flag }),
    body: takes(z.strictObject({ object: optionalKey(z.enum(['user', 'group'])) })),
  },
  responses,
});

/** What each row gives for a person or a group. */
export const mappingPreviewSchema: z.ZodType<MappingPreview> = z.object({
  displayName: z.string(),
  // The engine's verdict, as it is.
  scope: z.looseObject({ inScope: z.boolean() }) as unknown as z.ZodType<MappingPreview['scope']>,
  rows: z.array(
    z.object({
      target: z.string(),
      kind: z.enum(['value', 'default', 'reference', 'nothing', 'off', 'ignored', 'error']),
      value: z.string().nullable(),
      text: optionalKey(z.string()),
    }),
  ),
});

const preview = createRoute({
  method: 'post',
  path: '/apps/{app}/mappings/preview',
  tags,
  summary:
    'What each row gives for a person or a group, errors in their places; rows in the body count before they are saved',
  request: {
    params,
    body: takes(
      z
        .strictObject({
          user: optionalKey(z.string().max(1_000)),
          group: optionalKey(z.string().max(1_000)),
          rows: optionalKey(z.array(declaredMappingSchema).max(500)),
        })
        .refine(({ user, group }) => (user === undefined) !== (group === undefined), {
          message: 'one of user and group is needed',
        }),
    ),
  },
  responses: { 200: answers('Values, row by row', mappingPreviewSchema), ...problems },
});

const addToList = createRoute({
  method: 'post',
  path: '/apps/{app}/attributes',
  tags,
  summary: 'Adds an attribute to the target attribute list',
  request: { params, query: editQuery, body: takes(declaredAttributeSchema) },
  responses,
});

const changeInList = createRoute({
  method: 'put',
  path: '/apps/{app}/attributes/{name}',
  tags,
  summary:
    'Changes an attribute of the list; what the body does not name stays, defaultValue null takes the default away',
  request: {
    params: nameParams,
    query: editQuery,
    body: takes(
      z.strictObject({
        type: optionalKey(z.enum(['String', 'Boolean', 'Integer', 'Reference', 'DateTime', 'Binary'])),
        multiValued: optionalKey(z.boolean()),
        required: optionalKey(z.boolean()),
        caseExact: optionalKey(z.boolean()),
        filterable: optionalKey(z.boolean()),
        mutability: optionalKey(z.enum(['ReadWrite', 'ReadOnly', 'Immutable', 'WriteOnly'])),
        defaultValue: optionalKey(z.string().nullable()),
        referencedObjects: optionalKey(declaredReferencesSchema),
      }),
    ),
  },
  responses,
});

const removeFromList = createRoute({
  method: 'delete',
  path: '/apps/{app}/attributes/{name}',
  tags,
  summary: 'Takes an attribute out of the list; one that a mapping writes stays',
  request: { params: nameParams, query: editQuery },
  responses,
});

/** Adds the routes of mapping rows and attribute lists. */
export function addMappingRoutes(api: AdminApi, services: Services): void {
  const { apps, previews, directory } = services;

  api.openapi(list, async (context) => {
    const found = await apps.find(context.req.valid('param').app);
    const { object } = context.req.valid('query');
    context.header('etag', tagOf(found));
    return context.json(showTable(mappingOf(found.definition, object), found.definition), 200);
  });

  api.openapi(change, async (context) => {
    const { enabled, actions, nested } = context.req.valid('json');
    const { object } = context.req.valid('query');
    if (enabled === false && object === 'user') {
      throw new LockstepError('invalidValue', 'the mapping of users cannot be switched off; switch its actions off');
    }
    if (nested !== undefined && object === 'user') {
      throw new LockstepError('invalidValue', 'nested belongs to groups: ask with object=group');
    }
    const asked = { ...context.req.valid('param'), ...context.req.valid('query') };
    const body = await editDefinition(context, asked, (definition) => {
      const mapping = {
        ...mappingOf(definition, object),
        ...(enabled === undefined ? {} : { enabled }),
        ...(actions === undefined ? {} : { actions: toActions(actions) }),
      };
      return { ...withMapping(definition, mapping), ...(nested === undefined ? {} : { nestedGroups: nested }) };
    });
    return context.json(body, 200);
  });

  api.openapi(add, async (context) => {
    const row = context.req.valid('json');
    const body = await edit(context, { ...context.req.valid('param'), ...context.req.valid('query') }, (mapping) => {
      const added = overrideRows([], [row])[0];
      return added === undefined ? mapping : withRows(setMappingRow(mapping, added, { isNew: true }), row);
    });
    return context.json(body, 200);
  });

  api.openapi(set, async (context) => {
    const { target } = context.req.valid('param');
    const row = { ...context.req.valid('json'), target };
    const body = await edit(context, { ...context.req.valid('param'), ...context.req.valid('query') }, (mapping) =>
      withRows(mapping, row),
    );
    return context.json(body, 200);
  });

  api.openapi(remove, async (context) => {
    const { target } = context.req.valid('param');
    const body = await edit(context, { ...context.req.valid('param'), ...context.req.valid('query') }, (mapping) =>
      deleteMappingRow(mapping, target),
    );
    return context.json(body, 200);
  });

  api.openapi(restore, async (context) => {
    const { object } = context.req.valid('json');
    const { dryRun } = context.req.valid('query');
    const request = { app: context.req.valid('param').app, isDryRun: dryRun, ifMatch: context.req.header('if-match') };
    const { body, tag } = await editApp(services, request, ({ definition }) => {
      const template = findTemplate(definition.template);
      if (template === undefined) throw new LockstepError('conflict', 'the template of this app is gone');
      const users = object === 'group' ? definition.users : restored(definition.users, template.users);
      const groups = object === 'user' ? definition.groups : restored(definition.groups, template.groups);
      return { ...definition, users, groups };
    });
    context.header('etag', tag);
    return context.json(body, 200);
  });

  api.openapi(preview, async (context) => {
    const { definition } = await apps.find(context.req.valid('param').app);
    const { user, group, rows = [] } = context.req.valid('json');
    const object = group === undefined ? 'user' : 'group';
    const { objectId } = await directory.find(object === 'user' ? 'User' : 'Group', group ?? user ?? '');
    const mapping = mappingOf(definition, object);
    const tried = rows.length === 0 ? mapping : { ...mapping, mappings: overrideRows(mapping.mappings, rows) };
    return context.json(await previews.mappings(withMapping(definition, tried), { object, objectId }), 200);
  });

  api.openapi(addToList, async (context) => {
    const attribute = context.req.valid('json');
    const body = await edit(context, { ...context.req.valid('param'), ...context.req.valid('query') }, (mapping) =>
      withList(mapping, addAttribute(factsOf(mapping), attribute)),
    );
    return context.json(body, 200);
  });

  api.openapi(changeInList, async (context) => {
    const { name } = context.req.valid('param');
    const given = context.req.valid('json');
    const body = await edit(context, { ...context.req.valid('param'), ...context.req.valid('query') }, (mapping) =>
      withList(mapping, changeAttribute(factsOf(mapping), name, given)),
    );
    return context.json(body, 200);
  });

  api.openapi(removeFromList, async (context) => {
    const { name } = context.req.valid('param');
    const body = await edit(context, { ...context.req.valid('param'), ...context.req.valid('query') }, (mapping) =>
      withList(mapping, deleteAttribute(factsOf(mapping), name)),
    );
    return context.json(body, 200);
  });

  function edit(
    context: Context,
    asked: { readonly app: string; readonly object: ObjectKind; readonly dryRun: boolean },
    changed: (mapping: ObjectMapping) => ObjectMapping,
  ): Promise<EditShape> {
    return editDefinition(context, asked, (definition) =>
      withMapping(definition, changed(mappingOf(definition, asked.object))),
    );
  }

  async function editDefinition(
    context: Context,
    asked: { readonly app: string; readonly dryRun: boolean },
    changed: (definition: JobDefinition) => JobDefinition,
  ): Promise<EditShape> {
    const request = { app: asked.app, isDryRun: asked.dryRun, ifMatch: context.req.header('if-match') };
    const { body, tag } = await editApp(services, request, ({ definition }) => changed(definition));
    context.header('etag', tag);
    return body;
  }
}

function withRows(mapping: ObjectMapping, row: DeclaredMapping): ObjectMapping {
  return { ...mapping, mappings: overrideRows(mapping.mappings, [row]) };
}

function factsOf({ targetAttributes, mappings }: ObjectMapping): Parameters<typeof addAttribute>[0] {
  return { attributes: targetAttributes, mappedTargets: mappings.map(({ target }) => target) };
}

function withList(mapping: ObjectMapping, targetAttributes: readonly TargetAttribute[]): ObjectMapping {
  return { ...mapping, targetAttributes };
}

function restored(mapping: ObjectMapping, template: ObjectMapping): ObjectMapping {
  const { mappings, targetAttributes, actions } = template;
  return { ...mapping, mappings, targetAttributes, actions };
}

function toActions(words: readonly string[]): ObjectMapping['actions'] {
  return { create: words.includes('create'), update: words.includes('update'), delete: words.includes('delete') };
}

function showTable(mapping: ObjectMapping, definition: JobDefinition): z.infer<typeof mappingTableSchema> {
  const { objectType, enabled, actions, mappings, targetAttributes } = mapping;
  const rowProblems = findRowProblems(mapping).map(({ index, error }) => ({
    target: mappings[index]?.target ?? '',
    message: error.message,
  }));
  const part = objectType === 'user' ? 'users.' : 'groups.';
  const warnings = rowWarnings(definition).filter(({ place }) => place.startsWith(part));
  const nested = objectType === 'user' ? {} : { nested: definition.nestedGroups ?? 'ignore' };
  return { objectType, enabled, actions, mappings, targetAttributes, ...nested, problems: rowProblems, warnings };
}
