import type { LogVerdict } from '@lockstep/engine/ports';
import type { Json, JsonObject } from '@lockstep/scim';
import { z } from 'zod';
import { type AppShape, appSchema } from '../admin-api/app-shape.ts';
import { type EntryShape, entrySchema } from '../admin-api/entry-shape.ts';
import { type ExplanationShape, explanationSchema } from '../admin-api/explanation-shape.ts';
import { verdictSchema } from '../admin-api/log-routes.ts';
import { type LogShape, logSchema } from '../admin-api/log-shape.ts';
import { jsonSchema } from '../admin-api/shapes.ts';
import { type StagedShape, stagedSchema } from '../admin-api/staged-shape.ts';
import { type CycleShape, cycleSchema, type StatusShape, statusSchema } from '../admin-api/status-shape.ts';
import { type ProviderAnswers, providerAnswers } from './provider-answers.ts';

/** A page of a list; `next` leads to the following one. */
export interface PageAnswer<T> {
  readonly items: readonly T[];
  readonly next?: string | undefined;
}

/** Somebody or a group by name. */
export interface NamedAnswer {
  readonly objectId: string;
  readonly displayName: string | null;
}

/** What an import did, or would do. */
export interface ImportAnswer {
  readonly isDryRun: boolean;
  readonly created: number;
  readonly updated: number;
  readonly restored: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly groupsCreated: number;
  readonly membersAdded: number;
  readonly membersRemoved: number;
  readonly changes: readonly {
    readonly do: 'create' | 'update' | 'restore' | 'remove';
    readonly userPrincipalName: string;
    readonly attributes: JsonObject;
  }[];
}

/** An OAuth client of a tenant. */
export interface ClientAnswer {
  readonly id: string;
  readonly label: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

/** An endpoint that is told what happens in a tenant. */
export interface WebhookAnswer {
  readonly id: string;
  readonly url: string;
  readonly position: number;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly isOn: boolean;
}

/** An event that an endpoint did not take. */
export interface DeadLetterAnswer {
  readonly entry: number;
  readonly deadAt: string;
  readonly attempts: number;
  readonly error: string;
}

/** Users or groups of an app's job. */
export interface ObjectMappingAnswer {
  readonly enabled: boolean;
  readonly actions: { readonly create: boolean; readonly update: boolean; readonly delete: boolean };
  readonly mappings: readonly {
    readonly target: string;
    readonly source: {
      readonly kind: string;
      readonly name?: string | undefined;
      readonly text?: string | undefined;
      readonly value?: string | undefined;
    };
    readonly matchingPrecedence?: number | undefined;
  }[];
}

/** One app with its job. */
export interface AppAnswer {
  readonly app: AppShape;
  readonly definition: { readonly users: ObjectMappingAnswer; readonly groups: ObjectMappingAnswer };
  readonly roles: readonly { readonly value: string; readonly displayName: string; readonly isEnabled: boolean }[];
}

/** What Test Connection found. */
export interface ConnectionAnswer {
  readonly isOk: boolean;
  readonly features?: Readonly<Record<string, boolean | number>> | undefined;
  readonly message?: string | undefined;
  readonly hint?: string | undefined;
}

/** How the whole server stands. */
export interface ServerAnswer {
  readonly startedAt: string;
  readonly url: string;
  readonly users: number;
  readonly groups: number;
  readonly apps: readonly StatusShape[];
}

/** What a cycle would do with one object. */
export interface PlannedAnswer {
  readonly objectType: 'user' | 'group';
  readonly source: { readonly displayName: string };
  readonly action: 'create' | 'link' | 'update' | 'disable' | 'delete' | 'skip' | 'fail';
  readonly text: string;
  readonly changes: readonly { readonly attribute: string; readonly oldValue: Json; readonly newValue: Json }[];
}

/** A tenant of the receiving side. */
export interface ProviderAnswer {
  readonly id: string;
  readonly profile: string;
  readonly title: string;
  readonly dialect: string;
  readonly allowedAddresses: readonly string[];
  readonly scimUrl: string;
}

/** What applying a declaration did, or would do. */
export interface ApplyAnswer {
  readonly isDryRun: boolean;
  readonly isChanged: boolean;
  readonly feeds: readonly (ImportAnswer & { readonly name: string })[];
  readonly apps: readonly {
    readonly name: string;
    readonly do: 'create' | 'update' | 'nothing';
    readonly differences: readonly {
      readonly what: string;
      readonly before: string | null;
      readonly after: string | null;
    }[];
  }[];
  readonly otherApps: readonly string[];
}

/** The forms of the admin API's answers that commands read. What they do not name is kept for `--json`. */
export interface Answers extends ProviderAnswers {
  readonly entry: z.ZodType<EntryShape>;
  readonly foundEntry: z.ZodType<{ readonly entry: EntryShape; readonly memberOf: readonly NamedAnswer[] }>;
  readonly changedEntry: z.ZodType<{ readonly entry: EntryShape; readonly isChanged: boolean }>;
  readonly members: z.ZodType<PageAnswer<NamedAnswer & { readonly type: string }>>;
  readonly import: z.ZodType<ImportAnswer>;
  readonly assigned: z.ZodType<{ readonly added: number }>;
  readonly unassigned: z.ZodType<{ readonly isRemoved: boolean }>;
  readonly apps: z.ZodType<PageAnswer<AppShape>>;
  readonly app: z.ZodType<AppAnswer>;
  readonly connection: z.ZodType<ConnectionAnswer>;
  readonly server: z.ZodType<ServerAnswer>;
  readonly status: z.ZodType<StatusShape>;
  readonly cycle: z.ZodType<CycleShape>;
  readonly log: z.ZodType<LogShape>;
  readonly logs: z.ZodType<{ readonly items: readonly LogShape[]; readonly next: string }>;
  readonly planned: z.ZodType<PlannedAnswer>;
  readonly staged: z.ZodType<PageAnswer<StagedShape>>;
  readonly decided: z.ZodType<{ readonly count: number }>;
  readonly orphans: z.ZodType<{ readonly users: number; readonly groups: number }>;
  readonly explanation: z.ZodType<ExplanationShape>;
  readonly verdict: z.ZodType<LogVerdict>;
  readonly newProvider: z.ZodType<ProviderAnswer & { readonly token: string }>;
  readonly providers: z.ZodType<PageAnswer<ProviderAnswer>>;
  readonly tokens: z.ZodType<PageAnswer<{ readonly id: string; readonly revokedAt: string | null }>>;
  readonly newToken: z.ZodType<{ readonly id: string; readonly token: string }>;
  readonly newClient: z.ZodType<{
    readonly clientId: string;
    readonly clientSecret: string;
    readonly tokenUrl: string;
  }>;
  readonly clients: z.ZodType<PageAnswer<ClientAnswer>>;
  readonly newWebhook: z.ZodType<{ readonly id: string; readonly secret: string }>;
  readonly webhook: z.ZodType<WebhookAnswer>;
  readonly webhooks: z.ZodType<PageAnswer<WebhookAnswer>>;
  readonly deadLetters: z.ZodType<PageAnswer<DeadLetterAnswer>>;
  readonly redelivered: z.ZodType<{ readonly delivered: boolean; readonly error?: string | undefined }>;
  readonly apply: z.ZodType<ApplyAnswer>;
}

const named = { objectId: z.string(), displayName: z.string().nullable() };

const importFields = {
  isDryRun: z.boolean(),
  created: z.number(),
  updated: z.number(),
  restored: z.number(),
  removed: z.number(),
  unchanged: z.number(),
  groupsCreated: z.number(),
  membersAdded: z.number(),
  membersRemoved: z.number(),
  changes: z.array(
    z.looseObject({
      do: z.enum(['create', 'update', 'restore', 'remove']),
      userPrincipalName: z.string(),
      attributes: z.record(z.string(), jsonSchema),
    }),
  ),
};

const objectMapping = z.looseObject({
  enabled: z.boolean(),
  actions: z.object({ create: z.boolean(), update: z.boolean(), delete: z.boolean() }),
  mappings: z.array(
    z.looseObject({
      target: z.string(),
      source: z.looseObject({
        kind: z.string(),
        name: z.string().optional(),
        text: z.string().optional(),
        value: z.string().optional(),
      }),
      matchingPrecedence: z.number().optional(),
    }),
  ),
});

const providerFields = {
  id: z.string(),
  profile: z.string(),
  title: z.string(),
  dialect: z.string(),
  allowedAddresses: z.array(z.string()),
  scimUrl: z.string(),
};

const webhookFields = {
  id: z.string(),
  url: z.string(),
  position: z.number(),
  attempts: z.number(),
  lastError: z.string().nullable(),
  isOn: z.boolean(),
};

const difference = z.object({ what: z.string(), before: z.string().nullable(), after: z.string().nullable() });

/** The forms of the admin API's answers. */
export const answers: Answers = {
  ...providerAnswers,
  entry: entrySchema,
  foundEntry: z.object({ entry: entrySchema, memberOf: z.array(z.object(named)) }),
  changedEntry: z.object({ entry: entrySchema, isChanged: z.boolean() }),
  members: z.object({ items: z.array(z.object({ ...named, type: z.string() })), next: z.string().optional() }),
  import: z.object(importFields),
  assigned: z.object({ added: z.number() }),
  unassigned: z.object({ isRemoved: z.boolean() }),
  apps: z.object({ items: z.array(appSchema) }),
  app: z.object({
    app: appSchema,
    definition: z.looseObject({ users: objectMapping, groups: objectMapping }),
    roles: z.array(z.looseObject({ value: z.string(), displayName: z.string(), isEnabled: z.boolean() })),
  }),
  connection: z.looseObject({
    isOk: z.boolean(),
    features: z.record(z.string(), z.union([z.boolean(), z.number()])).optional(),
    message: z.string().optional(),
    hint: z.string().optional(),
  }),
  server: z.object({
    startedAt: z.string(),
    url: z.string(),
    users: z.number(),
    groups: z.number(),
    apps: z.array(statusSchema),
  }),
  status: statusSchema,
  cycle: cycleSchema,
  log: logSchema,
  logs: z.object({ items: z.array(logSchema), next: z.string() }),
  planned: z.looseObject({
    objectType: z.enum(['user', 'group']),
    source: z.looseObject({ displayName: z.string() }),
    action: z.enum(['create', 'link', 'update', 'disable', 'delete', 'skip', 'fail']),
    text: z.string(),
    changes: z.array(z.looseObject({ attribute: z.string(), oldValue: jsonSchema, newValue: jsonSchema })),
  }),
  staged: z.object({ items: z.array(stagedSchema), next: z.string().optional() }),
  decided: z.object({ count: z.number() }),
  orphans: z.looseObject({ users: z.number(), groups: z.number() }),
  explanation: explanationSchema,
  verdict: verdictSchema,
  newProvider: z.looseObject({ ...providerFields, token: z.string() }),
  providers: z.object({ items: z.array(z.looseObject(providerFields)), next: z.string().optional() }),
  tokens: z.object({ items: z.array(z.looseObject({ id: z.string(), revokedAt: z.string().nullable() })) }),
  newToken: z.object({ id: z.string(), token: z.string() }),
  newClient: z.object({ clientId: z.string(), clientSecret: z.string(), tokenUrl: z.string() }),
  clients: z.object({
    items: z.array(
      z.looseObject({
        id: z.string(),
        label: z.string(),
        scopes: z.array(z.string()),
        expiresAt: z.string().nullable(),
        lastUsedAt: z.string().nullable(),
      }),
    ),
  }),
  newWebhook: z.looseObject({ id: z.string(), secret: z.string() }),
  webhook: z.looseObject(webhookFields),
  webhooks: z.object({ items: z.array(z.looseObject(webhookFields)) }),
  deadLetters: z.object({
    items: z.array(z.object({ entry: z.number(), deadAt: z.string(), attempts: z.number(), error: z.string() })),
    next: z.string().optional(),
  }),
  redelivered: z.object({ delivered: z.boolean(), error: z.string().optional() }),
  apply: z.object({
    isDryRun: z.boolean(),
    isChanged: z.boolean(),
    feeds: z.array(z.object({ ...importFields, name: z.string() })),
    apps: z.array(
      z.looseObject({
        name: z.string(),
        do: z.enum(['create', 'update', 'nothing']),
        differences: z.array(difference),
      }),
    ),
    otherApps: z.array(z.string()),
  }),
};
