import { z } from 'zod';
import { appSchema } from '../admin-api/app-shape.ts';
import { entrySchema } from '../admin-api/entry-shape.ts';
import { logSchema } from '../admin-api/log-shape.ts';
import { jsonSchema } from '../admin-api/shapes.ts';
import { cycleSchema, statusSchema } from '../admin-api/status-shape.ts';

const counts = {
  created: z.number(),
  updated: z.number(),
  restored: z.number(),
  removed: z.number(),
  unchanged: z.number(),
  groupsCreated: z.number(),
  membersAdded: z.number(),
  membersRemoved: z.number(),
  changes: z.array(
    z.object({
      do: z.enum(['create', 'update', 'restore', 'remove']),
      objectId: z.string(),
      userPrincipalName: z.string(),
      attributes: z.record(z.string(), jsonSchema),
    }),
  ),
};

const difference = z.object({ what: z.string(), before: z.string().nullable(), after: z.string().nullable() });

const role = z.object({ value: z.string(), displayName: z.string(), isEnabled: z.boolean(), description: z.string() });

const mapping = z.object({
  target: z.string(),
  source: z.object({ kind: z.string(), name: z.string().optional(), text: z.string().optional(), value: z.string().optional() }),
  matchingPrecedence: z.number().optional(),
});

const objectMapping = z.object({
  enabled: z.boolean(),
  actions: z.object({ create: z.boolean(), update: z.boolean(), delete: z.boolean() }),
  mappings: z.array(mapping),
});

const provider = z.object({
  id: z.string(),
  profile: z.string(),
  title: z.string(),
  dialect: z.string(),
  allowedAddresses: z.array(z.string()),
  scimUrl: z.string(),
  createdAt: z.string(),
});

const planned = z.object({
  objectType: z.enum(['user', 'group']),
  source: z.object({ id: z.string(), displayName: z.string(), type: z.string() }),
  action: z.enum(['create', 'link', 'update', 'disable', 'delete', 'skip', 'fail']),
  text: z.string(),
  changes: z.array(z.looseObject({ attribute: z.string(), oldValue: jsonSchema, newValue: jsonSchema })),
});

const connection = z.object({
  isOk: z.boolean(),
  category: z.string().optional(),
  message: z.string().optional(),
  hint: z.string().optional(),
});

/** What an import did, as far as the command line shows it. */
export type ImportAnswer = z.infer<typeof importAnswer>;
/** One object of a plan. */
export type PlannedAnswer = z.infer<typeof planned>;

const importAnswer = z.object({ isDryRun: z.boolean(), ...counts });

/** The forms of the admin API's answers that commands read. */
export const answers = {
  entry: entrySchema,
  foundEntry: z.object({
    entry: entrySchema,
    memberOf: z.array(z.object({ objectId: z.string(), displayName: z.string().nullable() })),
  }),
  changedEntry: z.object({ entry: entrySchema, isChanged: z.boolean() }),
  changed: z.object({ isChanged: z.boolean() }),
  members: z.object({
    items: z.array(z.object({ objectId: z.string(), type: z.string(), displayName: z.string().nullable() })),
    next: z.string().optional(),
  }),
  import: importAnswer,
  assigned: z.object({ added: z.number() }),
  unassigned: z.object({ isRemoved: z.boolean() }),
  apps: z.object({ items: z.array(appSchema) }),
  app: z.object({
    app: appSchema,
    definition: z.looseObject({ users: objectMapping, groups: objectMapping }),
    roles: z.array(role),
  }),
  connection,
  status: z.object({
    startedAt: z.string(),
    url: z.string(),
    users: z.number(),
    groups: z.number(),
    apps: z.array(statusSchema),
  }),
  appStatus: statusSchema,
  cycle: cycleSchema,
  log: logSchema,
  logs: z.object({ items: z.array(logSchema), next: z.string() }),
  planned,
  provider,
  newProvider: provider.extend({ token: z.string() }),
  providers: z.object({ items: z.array(provider), next: z.string().optional() }),
  newToken: z.object({ id: z.string(), token: z.string() }),
  apply: z.object({
    isDryRun: z.boolean(),
    isChanged: z.boolean(),
    feeds: z.array(importAnswer.extend({ name: z.string() })),
    apps: z.array(
      z.object({
        name: z.string(),
        do: z.enum(['create', 'update', 'nothing']),
        id: z.string().optional(),
        differences: z.array(difference),
      }),
    ),
    otherApps: z.array(z.string()),
  }),
};

/** The forms of the admin API's answers. */
export type Answers = typeof answers;
