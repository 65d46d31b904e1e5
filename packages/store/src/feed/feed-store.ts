import type { Database } from '../database/database.ts';
import { inList, type Operation, row, rows } from '../database/operation.ts';

/** Something that brings people into the directory, and how it went. */
export interface StoredFeed {
  readonly id: string;
  /** When its newest good run ended; null = none has yet. */
  readonly doneMs: number | null;
  /** Its newest runs, newest first, at most ten. */
  readonly runs: readonly FeedRun[];
}

/** One run of a feed. */
export interface FeedRun {
  /** 1 is the first of its feed. */
  readonly number: number;
  readonly startedMs: number;
  /** null while it runs, and for ever when the process ended in the middle of it. */
  readonly endedMs: number | null;
  /** `refused`: nothing was written, and `refusal` says why; `failed`: it broke in the middle. */
  readonly state: 'running' | 'done' | 'refused' | 'failed';
  /** Who had it run. */
  readonly actor: string;
  /** Name of the file, when it is known. */
  readonly file: string | null;
  readonly settings: FeedRunSettings;
  /** What became of people and groups, by kind; null unless it is done. */
  readonly counts: Readonly<Record<string, number>> | null;
  readonly refusal: FeedRefusal | null;
}

/** How a file was read. */
export interface FeedRunSettings {
  readonly format: string;
  readonly key: string;
  readonly prune: boolean;
}

/** Why a run wrote nothing, or not all. */
export interface FeedRefusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** How many faults there were; `issues` holds the first of them. */
  readonly faults: number;
  readonly issues: readonly { readonly place: string; readonly message: string }[];
}

/** What is known when a run begins. */
export type BegunRun = Pick<FeedRun, 'startedMs' | 'actor' | 'file' | 'settings'>;

/** What is known when it has ended. */
export type EndedRun = Pick<FeedRun, 'state' | 'counts' | 'refusal'> & { readonly endedMs: number };

/** Feeds of the directory with their runs. */
export interface FeedStore {
  /** Makes the feed known with its first run. Gives the run's number; of older runs the newest 500 stay. */
  begin(feedId: string, run: BegunRun): Promise<number>;
  end(feedId: string, number: number, run: EndedRun): Promise<void>;
  /** In order of their ids, behind `after`. */
  feeds(page: { readonly after?: string; readonly limit: number }): Promise<readonly StoredFeed[]>;
  /** Newest first, from before a number. */
  runs(feedId: string, page: { readonly before?: number; readonly limit: number }): Promise<readonly FeedRun[]>;
  /** Forgets a feed with its runs. False when there was none. */
  forget(feedId: string): Promise<boolean>;
}

const RUNS_KEPT = 500;
const RUNS_TOLD = 10;

/** The feeds over a database. */
export function createFeedStore({ read, write }: Database): FeedStore {
  return {
    begin: (feedId, run) => write(() => begin(feedId, run)),
    end: (feedId, number, run) => write(() => end(feedId, number, run)),
    feeds: (page) => read(() => listFeeds(page)),
    runs: (feedId, page) => read(() => listRuns(feedId, page)),
    forget: (feedId) =>
      write(function* () {
        return (yield* row('delete from directory_feed where id = ? returning id', feedId)) !== undefined;
      }),
  };
}

/** The feed's row stays locked until the commit, so two runs that begin at once get different numbers. */
function* begin(feedId: string, run: BegunRun): Operation<number> {
  const feed = yield* row<{ readonly runs: number }>(
    'insert into directory_feed (id, runs) values (?, 1) on conflict (id) do update set runs = directory_feed.runs + 1 returning runs',
    feedId,
  );
  const number = feed?.runs ?? 1;
  yield* rows(
    `insert into directory_feed_run (feed_id, number, started_ms, state, actor, file, settings) values (?, ?, ?, 'running', ?, ?, ?)`,
    feedId,
    number,
    run.startedMs,
    run.actor,
    run.file,
    JSON.stringify(run.settings),
  );
  yield* rows('delete from directory_feed_run where feed_id = ? and number <= ?', feedId, number - RUNS_KEPT);
  return number;
}

function* end(feedId: string, number: number, run: EndedRun): Operation<void> {
  yield* rows(
    'update directory_feed_run set ended_ms = ?, state = ?, counts = ?, refusal = ? where feed_id = ? and number = ?',
    run.endedMs,
    run.state,
    run.counts === null ? null : JSON.stringify(run.counts),
    run.refusal === null ? null : JSON.stringify(run.refusal),
    feedId,
    number,
  );
  if (run.state === 'done') yield* rows('update directory_feed set done_ms = ? where id = ?', run.endedMs, feedId);
}

interface RunRow {
  readonly feed_id: string;
  readonly number: number;
  readonly started_ms: number;
  readonly ended_ms: number | null;
  readonly state: FeedRun['state'];
  readonly actor: string;
  readonly file: string | null;
  readonly settings: string;
  readonly counts: string | null;
  readonly refusal: string | null;
}

const COLUMNS = 'feed_id, number, started_ms, ended_ms, state, actor, file, settings, counts, refusal';

function* listFeeds(page: { readonly after?: string; readonly limit: number }): Operation<readonly StoredFeed[]> {
  const feeds = yield* rows<{ readonly id: string; readonly done_ms: number | null }>(
    'select id, done_ms from directory_feed where id > ? order by id limit ?',
    page.after ?? '',
    page.limit,
  );
  const wanted = inList(feeds.map(({ id }) => id));
  const runs = yield* rows<RunRow>(
    `select ${COLUMNS} from (
       select ${COLUMNS}, row_number() over (partition by feed_id order by number desc) as place
       from directory_feed_run where feed_id in (${wanted.marks})) newest
     where place <= ${RUNS_TOLD} order by feed_id, number desc`,
    ...wanted.parameters,
  );
  const byFeed = Map.groupBy(runs, (run) => run.feed_id);
  return feeds.map(({ id, done_ms: doneMs }) => ({ id, doneMs, runs: (byFeed.get(id) ?? []).map(toRun) }));
}

function* listRuns(
  feedId: string,
  page: { readonly before?: number; readonly limit: number },
): Operation<readonly FeedRun[]> {
  const found = yield* rows<RunRow>(
    `select ${COLUMNS} from directory_feed_run where feed_id = ? and number < ? order by number desc limit ?`,
    feedId,
    page.before ?? Number.MAX_SAFE_INTEGER,
    page.limit,
  );
  return found.map(toRun);
}

function toRun(found: RunRow): FeedRun {
  const { number, started_ms: startedMs, ended_ms: endedMs, state, actor, file, settings, counts, refusal } = found;
  return {
    number,
    startedMs,
    endedMs,
    state,
    actor,
    file,
    // All three written by `begin` and `end`, and by nobody else.
    settings: JSON.parse(settings) as FeedRunSettings,
    counts: counts === null ? null : (JSON.parse(counts) as Readonly<Record<string, number>>),
    refusal: refusal === null ? null : (JSON.parse(refusal) as FeedRefusal),
  };
}
