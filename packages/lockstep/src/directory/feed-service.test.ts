import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDirectory } from '../../test/open-directory.ts';
import { createFeedService, type FeedOrder } from './feed-service.ts';
import type { PeopleImport } from './import-people.ts';

const order: FeedOrder = { source: { kind: 'declared', name: 'hr' }, actor: 'owner key (cli)', file: 'people.csv' };

function asked(text: string, more: Partial<PeopleImport> = {}): PeopleImport {
  return { format: 'csv', text, key: 'userPrincipalName', prune: false, isDryRun: false, force: false, ...more };
}

test('what a feed did is remembered: who, what, and why it was refused', async (t) => {
  const { directory, store } = await openDirectory(t);
  let atMs = 1_000;
  const feeds = createFeedService({
    directory,
    feeds: store.feeds,
    nowMs: () => {
      atMs += 10;
      return atMs;
    },
    newId: () => crypto.randomUUID(),
    report: (message, error) => assert.fail(`${message}: ${String(error)}`),
  });
  await feeds.run(order, asked('userPrincipalName\na@x.example\nb@x.example'));
  await feeds.run(order, asked('userPrincipalName\nc@x.example', { isDryRun: true }));
  const faulty = Array.from({ length: 30 }, (_, at) => `p${at}@x.example,perhaps`).join('\n');
  await assert.rejects(feeds.run(order, asked(`userPrincipalName,accountEnabled\n${faulty}`)), /perhaps/);
  await assert.rejects(feeds.run(order, asked('userPrincipalName\na@x.example', { prune: true })), /more than 20 %/);
  const [guarded, refused, done, ...rest] = await feeds.runs('declared:hr', { limit: 9 });
  assert.deepEqual(rest, [], 'a dry run is none');
  assert.deepEqual(done, {
    number: 1,
    startedMs: 1_010,
    endedMs: done?.endedMs,
    state: 'done',
    actor: 'owner key (cli)',
    file: 'people.csv',
    settings: { format: 'csv', key: 'userPrincipalName', prune: false },
    counts: {
      created: 2,
      updated: 0,
      restored: 0,
      removed: 0,
      unchanged: 0,
      groupsCreated: 0,
      membersAdded: 0,
      membersRemoved: 0,
    },
    refusal: null,
  });
  assert.deepEqual(
    [refused?.state, refused?.refusal?.code, refused?.refusal?.faults, refused?.refusal?.issues.length],
    ['refused', 'invalidValue', 30, 20],
  );
  assert.deepEqual([guarded?.refusal?.code, guarded?.settings.prune], ['guardHeld', true]);
  const [feed] = await feeds.list({ limit: 9 });
  assert.deepEqual(
    [feed?.source, feed?.health, feed?.newest?.number, feed?.doneMs],
    [{ kind: 'declared', name: 'hr' }, { state: 'refused' }, 3, done?.endedMs],
  );
  await feeds.forget('declared:hr');
  await assert.rejects(feeds.forget('declared:hr'), { code: 'notFound' });
});

test('an import that broke in the middle says so, and keeps nothing of the error', async (t) => {
  const { directory, store } = await openDirectory(t);
  const broken = {
    ...directory,
    create: () => Promise.reject(new Error('disk full at /secret/place')),
  };
  const feeds = createFeedService({
    directory: broken,
    feeds: store.feeds,
    nowMs: () => 0,
    newId: () => crypto.randomUUID(),
    report: () => undefined,
  });
  await assert.rejects(feeds.run({ source: { kind: 'file' }, actor: 'eva' }, asked('userPrincipalName\na@x.example')));
  const [run] = await feeds.runs('file', { limit: 1 });
  assert.deepEqual([run?.state, run?.file, run?.refusal?.code], ['failed', null, 'internal']);
  assert.doesNotMatch(JSON.stringify(run), /secret/);
});
