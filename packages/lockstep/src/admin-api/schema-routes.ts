import { createRoute } from '@hono/zod-openapi';
import {
  type GraphFinding,
  GraphSchemaError,
  type JobDefinition,
  type PlannedObject,
  readGraphSchema,
  writeGraphSchema,
} from '@lockstep/engine';
import { isJsonObject, type Json } from '@lockstep/scim';
import { z } from 'zod';
import { type App, tagOf } from '../apps/app-service.ts';
import { findTemplate } from '../apps/find-template.ts';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { type EditShape, editApp, editSchema } from './edit-shape.ts';
import { asLockstepError } from './problem.ts';
import { answers, flag, jsonSchema, problems, takes } from './shapes.ts';

/** What the next cycle would do after a change. */
export interface PlanCounts {
  /** Objects by what would be done with them. */
  readonly counts: Readonly<Record<string, number>>;
  readonly looked: number;
  /** False when there are more objects than were looked at. */
  readonly isWhole: boolean;
  /** Why it could not be worked out. */
  readonly problem?: string;
}

/** What importing a schema did, or in a dry run would do. */
export interface ImportShape extends EditShape {
  readonly findings: readonly GraphFinding[];
  /** In a dry run. */
  readonly plan?: PlanCounts;
}

/** The form of an import's answer. */
export const schemaImportSchema: z.ZodType<ImportShape> = z.intersection(
  editSchema,
  z.object({
    findings: z.array(z.object({ pointer: z.string(), message: z.string(), advice: z.string() })),
    plan: optionalKey(
      z.object({
        counts: z.record(z.string(), z.number()),
        looked: z.number(),
        isWhole: z.boolean(),
        problem: optionalKey(z.string()),
      }),
    ),
  }),
);

/** Most objects that a dry run plans. */
const PLANNED_MAX = 1_000;

const params = z.object({ app: z.string().max(200) });
const tags = ['mappings'];

const read = createRoute({
  method: 'get',
  path: '/apps/{app}/schema',
  tags,
  summary: "The job as Microsoft Graph's synchronizationSchema; with extras=false without what Graph has no place for",
  request: { params, query: z.object({ extras: z.enum(['true', 'false']).default('true') }) },
  responses: { 200: answers('The schema', jsonSchema), ...problems },
});

const save = createRoute({
  method: 'put',
  path: '/apps/{app}/schema',
  tags,
  summary:
    "Takes mappings and filters from a synchronizationSchema, such as Entra's export; dryRun tells what a cycle would do",
  request: { params, query: z.object({ dryRun: flag }), body: takes(jsonSchema) },
  responses: { 200: answers('What was done, and what of it does not run here', schemaImportSchema), ...problems },
});

const remove = createRoute({
  method: 'delete',
  path: '/apps/{app}/schema',
  tags,
  summary: 'Forgets the imported schema and puts mappings and filters back to those of the template',
  request: { params, query: z.object({ dryRun: flag }) },
  responses: { 200: answers('What was done', editSchema), ...problems },
});

/** Adds the routes of Graph schemas. */
export function addSchemaRoutes(api: AdminApi, services: Services): void {
  const { apps, jobs } = services;

  api.openapi(read, async (context) => {
    const found = await apps.find(context.req.valid('param').app);
    context.header('etag', tagOf(found));
    return context.json(exportSchema(found, context.req.valid('query').extras === 'true'), 200);
  });

  api.openapi(save, async (context) => {
    const request = {
      app: context.req.valid('param').app,
      isDryRun: context.req.valid('query').dryRun,
      ifMatch: context.req.header('if-match'),
    };
    const given = context.req.valid('json');
    const outcome: { definition?: JobDefinition; findings: readonly GraphFinding[] } = { findings: [] };
    const { body, tag } = await editApp(services, request, ({ definition }) => {
      const { imported, findings } = importSchema(definition, given);
      outcome.definition = imported;
      outcome.findings = findings;
      return imported;
    });
    const { definition, findings } = outcome;
    const planned =
      request.isDryRun && definition !== undefined ? { plan: await countPlan(jobs.planChange(definition)) } : {};
    context.header('etag', tag);
    return context.json({ ...body, findings, ...planned }, 200);
  });

  api.openapi(remove, async (context) => {
    const request = {
      app: context.req.valid('param').app,
      isDryRun: context.req.valid('query').dryRun,
      ifMatch: context.req.header('if-match'),
    };
    const { body, tag } = await editApp(services, request, ({ definition }) => {
      const { schema: _schema, ...rest } = definition;
      const template = findTemplate(definition.template);
      if (template === undefined) throw new LockstepError('conflict', 'the template of this app is gone');
      return { ...rest, users: template.users, groups: template.groups };
    });
    context.header('etag', tag);
    return context.json(body, 200);
  });
}

function exportSchema({ definition, modifiedMs }: App, hasExtras: boolean): Json {
  const { id, users, groups, schema } = definition;
  const written = writeGraphSchema({ id, users, groups }, schema, { hasExtras });
  return { ...written, version: `Date:${new Date(modifiedMs).toISOString()}, ActivityId:${id}` };
}

interface Imported {
  readonly imported: JobDefinition;
  readonly findings: readonly GraphFinding[];
}

function importSchema(definition: JobDefinition, given: Json): Imported {
  try {
    const { users, groups, document, findings } = readGraphSchema(given, definition);
    if (users === undefined) {
      const message =
        'the schema has no rule that leads users from the directory to an app, so there is nothing to run';
      const issues = findings.map(({ pointer, message: text }) => ({ place: pointer, message: text }));
      throw new LockstepError('invalidValue', message, { issues });
    }
    const groupsOff = { ...definition.groups, enabled: false };
    return { imported: { ...definition, users, groups: groups ?? groupsOff, schema: document }, findings };
  } catch (error) {
    if (!(error instanceof GraphSchemaError)) throw error;
    const issues = error.issues.map(({ pointer, message }) => ({ place: pointer === '' ? '/' : pointer, message }));
    const hint = isJsonObject(given)
      ? 'Export it from the portal (Review your schema here), or by GET .../schema.'
      : undefined;
    throw new LockstepError('invalidValue', error.message, {
      issues,
      cause: error,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

async function countPlan(objects: AsyncIterable<PlannedObject>): Promise<PlanCounts> {
  const counts: Record<string, number> = {};
  let looked = 0;
  try {
    for await (const { action } of objects) {
      if (looked === PLANNED_MAX) return { counts, looked, isWhole: false };
      counts[action] = (counts[action] ?? 0) + 1;
      looked += 1;
    }
    return { counts, looked, isWhole: true };
  } catch (error) {
    const refusal = asLockstepError(error);
    if (refusal.code === 'internal') throw error;
    return { counts, looked, isWhole: false, problem: refusal.message };
  }
}
