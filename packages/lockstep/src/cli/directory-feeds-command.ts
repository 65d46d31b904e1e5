import type { Command } from 'commander';
import type { FeedShape } from '../admin-api/feed-routes.ts';
import type { CliIo } from './cli-io.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep directory feeds`: what brings people, and how it does. */
export function registerDirectoryFeeds(family: Command, io: CliIo): void {
  const command = family
    .command('feeds')
    .description('What brings people into the directory: last run, what it did, and what is wrong with it.');
  addServerFlags(command, ['directory feeds']).action(async (flags: ServerFlags) => {
    const [{ client }, { keptAnswers }] = await Promise.all([connect(flags, io), import('./kept-answers.ts')]);
    const page = await client.call(
      { method: 'GET', path: ['directory', 'feeds'], query: { limit: 1_000 } },
      keptAnswers.feeds,
    );
    show(io, flags, { json: page, text: () => feedsText(page.items) });
  });
}

const STATES: Readonly<Record<FeedShape['state'], string>> = {
  healthy: 'healthy',
  running: 'running',
  refused: 'refused',
  failed: 'broke in the middle',
  brokenOff: 'never ended',
  overdue: 'overdue',
};

function feedsText(feeds: readonly FeedShape[]): string {
  if (feeds.length === 0) return 'Nothing was imported yet: lockstep directory import people.csv';
  const header = ['feed', 'health', 'last run', 'created', 'changed', 'removed', 'faults'];
  const table = tableText(header, feeds.map(cells));
  const reasons = feeds.flatMap((feed) => {
    const refusal = feed.lastRun?.refusal;
    return refusal == null ? [] : [plainText(`${nameOf(feed)}: ${refusal.message}`)];
  });
  return reasons.length === 0 ? table : [table, '', ...reasons].join('\n');
}

function cells(feed: FeedShape): readonly string[] {
  const { state, lastRun } = feed;
  const counts = lastRun?.counts;
  const sum = (...names: readonly string[]): string =>
    counts == null ? '' : String(names.reduce((all, name) => all + (counts[name] ?? 0), 0));
  const faults = lastRun?.refusal == null ? '' : String(lastRun.refusal.faults);
  const changes = [sum('created', 'restored'), sum('updated'), sum('removed'), faults];
  return [plainText(nameOf(feed)), STATES[state], lastRun?.startedAt ?? '', ...changes];
}

function nameOf({ name }: FeedShape): string {
  return name ?? 'files by hand';
}
