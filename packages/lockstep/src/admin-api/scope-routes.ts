import { createRoute } from '@hono/zod-openapi';
import { ConfigurationError, type JobDefinition, type ObjectMapping } from '@lockstep/engine';
import type { ScopeFilter } from '@lockstep/gallery';
import { z } from 'zod';
import { tagOf } from '../apps/app-service.ts';
import type { ScopeCounts } from '../apps/count-scope.ts';
import { declaredFiltersSchema } from '../apps/declared-app.ts';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { editApp, editSchema } from './edit-shape.ts';
import { answers, flag, problems, takes } from './shapes.ts';

/** The filters of one kind of object. */
export interface FilterShape {
  readonly filters: readonly ScopeFilter[];
  readonly inputFilters: readonly ScopeFilter[];
}

/** Whom an app looks at. */
export interface ScopeShape {
  readonly scope: 'assigned' | 'all';
  readonly users: FilterShape;
  readonly groups: FilterShape;
}

const filterPair = z.object({ filters: declaredFiltersSchema, inputFilters: declaredFiltersSchema });

/** The form of a scope. */
export const scopeSchema: z.ZodType<ScopeShape> = z.object({
  scope: z.enum(['assigned', 'all']),
  users: filterPair,
  groups: filterPair,
});

const changedFilters = z.strictObject({
  filters: optionalKey(declaredFiltersSchema),
  inputFilters: optionalKey(declaredFiltersSchema),
});

const scopeChange = z.strictObject({
  scope: optionalKey(z.enum(['assigned', 'all'])),
  users: optionalKey(changedFilters),
  groups: optionalKey(changedFilters),
});

/** The form of a scope's preview. */
export const scopeCountsSchema: z.ZodType<ScopeCounts> = z.object({
  total: z.number(),
  inScope: z.number(),
  passFilters: z.number(),
  isWhole: z.boolean(),
  failures: z.array(z.object({ filter: z.string(), clause: z.string(), count: z.number() })),
  samples: z.array(
    z.object({
      objectId: z.string(),
      displayName: z.string(),
      inScope: z.boolean(),
      text: optionalKey(z.string()),
    }),
  ),
});

const params = z.object({ app: z.string().max(200) });
const tags = ['mappings'];

const read = createRoute({
  method: 'get',
  path: '/apps/{app}/scope',
  tags,
  summary: 'Whom an app looks at: assigned or all, scoping filters, input filters',
  request: { params },
  responses: { 200: answers('The scope', scopeSchema), ...problems },
});

const save = createRoute({
  method: 'put',
  path: '/apps/{app}/scope',
  tags,
  summary: 'Sets the scope; what the body does not name stays. People who leave it are disabled at the next cycle',
  request: { params, query: z.object({ dryRun: flag }), body: takes(scopeChange) },
  responses: { 200: answers('What was done', editSchema), ...problems },
});

const preview = createRoute({
  method: 'post',
  path: '/apps/{app}/scope/preview',
  tags,
  summary: 'How many people or groups a scope would let in, what keeps the others out, and samples of both',
  request: {
    params,
    query: z.object({ object: z.enum(['user', 'group']).default('user') }),
    body: takes(scopeChange),
  },
  responses: { 200: answers('Counts and samples', scopeCountsSchema), ...problems },
});

/** Adds the routes of scopes. */
export function addScopeRoutes(api: AdminApi, services: Services): void {
  const { apps, previews } = services;

  api.openapi(read, async (context) => {
    const found = await apps.find(context.req.valid('param').app);
    const { scope, users, groups } = found.definition;
    context.header('etag', tagOf(found));
    return context.json({ scope, users: filtersOf(users), groups: filtersOf(groups) }, 200);
  });

  api.openapi(save, async (context) => {
    const request = {
      app: context.req.valid('param').app,
      isDryRun: context.req.valid('query').dryRun,
      ifMatch: context.req.header('if-match'),
    };
    const given = context.req.valid('json');
    const { body, tag } = await editApp(services, request, ({ definition }) => withScope(definition, given));
    context.header('etag', tag);
    return context.json(body, 200);
  });

  api.openapi(preview, async (context) => {
    const { definition } = await apps.find(context.req.valid('param').app);
    const tried = withScope(definition, context.req.valid('json'));
    try {
      return context.json(await previews.scope(tried, context.req.valid('query').object), 200);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      throw new LockstepError('invalidValue', error.message, { cause: error });
    }
  });
}

function filtersOf({ filters, inputFilters = [] }: ObjectMapping): FilterShape {
  return { filters, inputFilters };
}

function withScope(definition: JobDefinition, change: z.infer<typeof scopeChange>): JobDefinition {
  const { scope = definition.scope, users, groups } = change;
  return {
    ...definition,
    scope,
    users: withFilters(definition.users, users),
    groups: withFilters(definition.groups, groups),
  };
}

function withFilters(mapping: ObjectMapping, change: z.infer<typeof changedFilters> = {}): ObjectMapping {
  const { inputFilters: before, ...rest } = mapping;
  const inputFilters = change.inputFilters ?? before ?? [];
  return {
    ...rest,
    filters: change.filters ?? mapping.filters,
    ...(inputFilters.length === 0 ? {} : { inputFilters }),
  };
}
