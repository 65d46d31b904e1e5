import type { FeedService } from '../directory/feed-service.ts';
import type { ImportReport } from '../directory/import-people.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { AppChange, AppService } from './app-service.ts';
import type { Declaration } from './declaration.ts';

/** What applying a declaration did, or with `isDryRun` would do. */
export interface ApplyReport {
  readonly isDryRun: boolean;
  /** False when the server was equal to the declaration already. */
  readonly isChanged: boolean;
  readonly feeds: readonly (ImportReport & { readonly name: string })[];
  readonly apps: readonly AppChange[];
  /** Names of apps the declaration does not mention; they stay as they are. */
  readonly otherApps: readonly string[];
}

/** Whom a declaration is carried out by. */
export interface ApplyTargets {
  readonly feeds: Pick<FeedService, 'run'>;
  readonly apps: AppService;
  /** Who applies it. */
  readonly actor: string;
}

/**
 * Makes the server equal to a declaration: feeds first, then apps, since assignments name people. Every app is planned
 * before the first one is written, so that a mistake in one leaves all as they were. In a dry run people who only the
 * feeds would bring are not there yet, so assignments to them are refused.
 *
 * @throws {LockstepError} `invalidValue`, `notFound` or `guardHeld`, naming the feed or app
 */
export async function applyDeclaration(
  declaration: Declaration,
  targets: ApplyTargets,
  options: { readonly isDryRun: boolean },
): Promise<ApplyReport> {
  const { isDryRun } = options;
  const feeds = [];
  for (const feed of declaration.directory?.feeds ?? []) {
    const asked = {
      format: feed.type,
      text: feed.text ?? '',
      key: feed.key,
      prune: feed.prune ?? false,
      isDryRun,
      force: false,
    };
    const source = { kind: 'declared', name: feed.name } as const;
    const order = { source, actor: targets.actor, file: feed.file };
    const report = await named(`feed ${feed.name}`, () => targets.feeds.run(order, asked));
    feeds.push({ ...report, name: feed.name });
  }
  const declared = declaration.apps ?? [];
  const planned = [];
  for (const app of declared) planned.push(await named(app.name, () => targets.apps.save(app, { isDryRun: true })));
  const apps: AppChange[] = isDryRun ? planned : [];
  if (!isDryRun)
    for (const app of declared) apps.push(await named(app.name, () => targets.apps.save(app, { isDryRun })));
  const names = new Set(declared.map((app) => app.name.toLowerCase()));
  const others = (await targets.apps.list()).map((app) => app.definition.name);
  return {
    isDryRun,
    isChanged: apps.some((app) => app.do !== 'nothing') || feeds.some(changesSomething),
    feeds,
    apps,
    otherApps: others.filter((name) => !names.has(name.toLowerCase())),
  };
}

function changesSomething(report: ImportReport): boolean {
  const { created, updated, restored, removed, groupsCreated, membersAdded, membersRemoved } = report;
  return created + updated + restored + removed + groupsCreated + membersAdded + membersRemoved > 0;
}

async function named<T>(subject: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    const { code, hint, issues } = error;
    throw new LockstepError(code, `${subject}: ${error.message}`, {
      issues,
      cause: error,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}
