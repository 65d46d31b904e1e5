import type { EndedRun, FeedRefusal, FeedRun, FeedStore, StoredFeed } from '@lockstep/store';
import { LockstepError } from '../lockstep-error.ts';
import type { DirectoryService } from './directory-service.ts';
import { type FeedHealth, feedHealth } from './feed-health.ts';
import { type FeedSource, feedId, feedSource } from './feed-source.ts';
import { type ImportReport, importPeople, type PeopleImport } from './import-people.ts';

/** Who has a feed run, and from which file. */
export interface FeedOrder {
  readonly source: FeedSource;
  readonly actor: string;
  readonly file?: string | undefined;
}

/** A feed with how it does. */
export interface Feed extends Pick<StoredFeed, 'id' | 'doneMs'> {
  readonly source: FeedSource;
  readonly health: FeedHealth;
  readonly newest: FeedRun | undefined;
}

/** What brings people into the directory, and how it went. */
export interface FeedService {
  /** As `importPeople`; how it went is remembered, unless it is a dry run. */
  run(order: FeedOrder, asked: PeopleImport): Promise<ImportReport>;
  list(page: { readonly after?: string; readonly limit: number }): Promise<readonly Feed[]>;
  runs(id: string, page: { readonly before?: number; readonly limit: number }): Promise<readonly FeedRun[]>;
  /** Forgets a feed and how it went; people stay. @throws {LockstepError} `notFound` */
  forget(id: string): Promise<void>;
}

export interface FeedServiceOptions {
  readonly directory: DirectoryService;
  readonly feeds: FeedStore;
  readonly nowMs: () => number;
  readonly newId: () => string;
  /** Told when what happened could not be remembered. */
  readonly report: (message: string, error: unknown) => void;
}

/** Makes the feeds of the directory. */
export function createFeedService(options: FeedServiceOptions): FeedService {
  const { directory, feeds, nowMs, newId } = options;
  return {
    run: async (order, asked) => {
      const act = (): Promise<ImportReport> => importPeople(directory, asked, newId);
      return asked.isDryRun ? act() : remembered(options, { order, asked }, act);
    },
    list: async (page) => {
      const now = nowMs();
      return (await feeds.feeds(page)).map(({ id, doneMs, runs }) => ({
        id,
        doneMs,
        source: feedSource(id),
        health: feedHealth({ id, runs }, now),
        newest: runs[0],
      }));
    },
    runs: (id, page) => feeds.runs(id, page),
    forget: async (id) => {
      if (!(await feeds.forget(id))) throw new LockstepError('notFound', `there is no feed ${JSON.stringify(id)}`);
    },
  };
}

async function remembered(
  { feeds, nowMs, report }: FeedServiceOptions,
  { order, asked }: { readonly order: FeedOrder; readonly asked: PeopleImport },
  act: () => Promise<ImportReport>,
): Promise<ImportReport> {
  const id = feedId(order.source);
  const { format, key, prune } = asked;
  const number = await feeds.begin(id, {
    startedMs: nowMs(),
    actor: order.actor,
    file: order.file ?? null,
    settings: { format, key, prune },
  });
  // By then people are written, or refused: what is told has to be that, and not that it could not be remembered.
  const end = (outcome: Omit<EndedRun, 'endedMs'>): Promise<void> =>
    feeds
      .end(id, number, { ...outcome, endedMs: nowMs() })
      .catch((error: unknown) => report('how a feed went could not be kept', error));
  try {
    const done = await act();
    await end({ state: 'done', counts: countsOf(done), refusal: null });
    return done;
  } catch (error) {
    const isRefusal = error instanceof LockstepError;
    await end({ state: isRefusal ? 'refused' : 'failed', counts: null, refusal: refusalOf(error) });
    throw error;
  }
}

function countsOf(report: ImportReport): Readonly<Record<string, number>> {
  const { created, updated, restored, removed, unchanged, groupsCreated, membersAdded, membersRemoved } = report;
  return { created, updated, restored, removed, unchanged, groupsCreated, membersAdded, membersRemoved };
}

/** So many faults are kept; the count tells how many there were. */
const FAULTS_KEPT = 20;

function refusalOf(error: unknown): FeedRefusal {
  if (!(error instanceof LockstepError)) {
    const message = 'the import broke in the middle; what was written until then stays';
    return {
      code: 'internal',
      message,
      hint: 'Import the file again: what is so already stays.',
      faults: 0,
      issues: [],
    };
  }
  const { code, message, hint = null, issues } = error;
  return { code, message, hint, faults: issues.length, issues: issues.slice(0, FAULTS_KEPT) };
}
