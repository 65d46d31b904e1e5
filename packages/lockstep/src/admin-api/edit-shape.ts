import { ConfigurationError, type JobDefinition, type ObjectMapping } from '@lockstep/engine';
import { z } from 'zod';
import { type App, type AppEdit, tagOf } from '../apps/app-service.ts';
import { rowWarnings } from '../apps/check-definition.ts';
import type { Difference } from '../apps/diff-json.ts';
import { type Issue, LockstepError } from '../lockstep-error.ts';
import type { Services } from '../server/services.ts';
import { type AppShape, appSchema, showApp } from './app-shape.ts';

/** What an edit of an app's job did, or in a dry run would do. */
export interface EditShape {
  readonly app: AppShape;
  readonly isDryRun: boolean;
  readonly isChanged: boolean;
  readonly differences: readonly Difference[];
  /** What runs here and is doubtful in Entra. */
  readonly warnings: readonly Issue[];
}

/** The form of an edit's answer. */
export const editSchema: z.ZodType<EditShape> = z.object({
  app: appSchema,
  isDryRun: z.boolean(),
  isChanged: z.boolean(),
  differences: z.array(z.object({ what: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  warnings: z.array(z.object({ place: z.string(), message: z.string() })),
});

/** Which mapping an address is about. */
export type ObjectKind = 'user' | 'group';

/** The mapping of a kind of object. */
export function mappingOf(definition: JobDefinition, object: ObjectKind): ObjectMapping {
  return object === 'user' ? definition.users : definition.groups;
}

/** The job with another mapping of that kind. */
export function withMapping(definition: JobDefinition, mapping: ObjectMapping): JobDefinition {
  return mapping.objectType === 'user' ? { ...definition, users: mapping } : { ...definition, groups: mapping };
}

/** What an edit needs of a request. */
export interface EditRequest {
  readonly app: string;
  readonly isDryRun: boolean;
  /** The `If-Match` header. */
  readonly ifMatch: string | undefined;
  /** A new token of the app. */
  readonly secretToken?: string | undefined;
  readonly secretExpiresMs?: number | null | undefined;
}

/** An edit's answer with the tag of the app. */
export interface EditAnswer {
  readonly body: EditShape;
  readonly tag: string;
}

/** Edits an app's job, and shows what that did. */
export async function editApp(
  { apps }: Pick<Services, 'apps'>,
  request: EditRequest,
  change: (app: App) => JobDefinition,
): Promise<EditAnswer> {
  const { app, ...options } = request;
  const { isDryRun } = options;
  const edit = await apps.edit(app, refusing(change), options);
  return { body: showEdit(edit, isDryRun), tag: tagOf(edit.app) };
}

/** Shows an edit. */
export function showEdit({ app, isChanged, differences }: AppEdit, isDryRun: boolean): EditShape {
  return { app: showApp(app), isDryRun, isChanged, differences, warnings: rowWarnings(app.definition) };
}

/** What the engine refuses, in the API's words. */
function refusing(change: (app: App) => JobDefinition): (app: App) => JobDefinition {
  return (app) => {
    try {
      return change(app);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      throw new LockstepError('invalidValue', error.message, { cause: error });
    }
  };
}
