import { ConfigurationError, compileJob } from '@lockstep/engine';
import type { ObjectType } from '@lockstep/engine/ports';
import type { App, AppService } from '../apps/app-service.ts';
import { type AssignmentPorts, readAssignments } from './assigned-by.ts';
import { type ExplainPorts, type Explanation, explainObject } from './explain-object.ts';

/** Who is asked about. */
export interface Explained {
  readonly objectType: ObjectType;
  readonly sourceId: string;
}

/** What one app does with somebody, or why it cannot be told. */
export type AppExplanation =
  | { readonly app: App; readonly explanation: Explanation }
  | { readonly app: App; readonly fault: string };

/** Tells what decides about somebody, asking nobody but the directory and the store. */
export interface Explainer {
  /** @throws {LockstepError} `notFound` when there is no such app */
  inApp(appId: string, subject: Explained): Promise<Explanation>;
  /** In every app, by the names of the apps; `after` is the name of the last one of the page before. */
  everywhere(
    subject: Explained,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly AppExplanation[]>;
}

export interface ExplainerOptions extends ExplainPorts, AssignmentPorts {
  readonly apps: AppService;
}

export function createExplainer(options: ExplainerOptions): Explainer {
  const { apps } = options;
  return {
    inApp: async (appId, subject) => {
      const app = await apps.find(appId);
      const assignments = await readAssignments(options, subject);
      return explainObject(compileJob(app.definition), options, { ...subject, assignments });
    },
    everywhere: async (subject, { after, limit }) => {
      const assignments = await readAssignments(options, subject);
      const page = (await apps.list())
        .toSorted((one, other) => inOrder(one.definition.name, other.definition.name))
        .filter(({ definition }) => after === undefined || inOrder(definition.name, after) > 0)
        .slice(0, limit);
      const explained: AppExplanation[] = [];
      // One after the other: a page of apps is a screen, and the database has more to do.
      for (const app of page) {
        const asked = { ...subject, assignments, records: 1 };
        explained.push(await unlessFaulty(app, () => explainObject(compileJob(app.definition), options, asked)));
      }
      return explained;
    },
  };
}

function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** An app that cannot be compiled, such as one of an older version, must not hide the others. */
async function unlessFaulty(app: App, explain: () => Promise<Explanation>): Promise<AppExplanation> {
  try {
    return { app, explanation: await explain() };
  } catch (error) {
    if (error instanceof ConfigurationError) return { app, fault: error.message };
    throw error;
  }
}
