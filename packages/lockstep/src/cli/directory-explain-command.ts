import type { Command } from 'commander';
import type { AppExplanationShape } from '../admin-api/explanation-shape.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, type Connection, connect, type ServerFlags, show } from './server-command.ts';

interface ExplainFlags extends ServerFlags {
  readonly group?: boolean;
}

/** `lockstep directory explain USER`: what every app does with somebody. */
export function registerDirectoryExplain(family: Command, io: CliIo): void {
  const command = family
    .command('explain')
    .description('Tells for every app what decides about a person, and what a cycle would do next.')
    .argument('<user>', 'Any name of the person, or with --group of the group.')
    .option('--group', 'Explain a group.');
  addServerFlags(command, ['directory explain eva.lind@noordlicht.example']).action(
    async (name: string, flags: ExplainFlags) => {
      const connection = await connect(flags, io);
      const items = await readAll(connection, flags.group === true ? 'groups' : 'users', name);
      show(io, flags, { json: { items }, text: () => items.map(appText).join('\n\n') || 'There is no app yet.' });
    },
  );
}

/** More than there can be apps, so that a server that never ends is no trap. */
const PAGES_MAX = 1_000;

async function readAll(
  { client }: Connection,
  kind: 'users' | 'groups',
  name: string,
): Promise<readonly AppExplanationShape[]> {
  const { keptAnswers } = await import('./kept-answers.ts');
  const all: AppExplanationShape[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const request = { method: 'GET', path: ['directory', kind, name, 'explain'], query: { limit: 50, after } } as const;
    const page = await client.call(request, keptAnswers.explanations);
    all.push(...page.items);
    after = page.next;
    if (after === undefined) return all;
  }
  throw new LockstepError('unreachable', 'the server never comes to the end of the apps');
}

function appText({ app, explanation, fault = '' }: AppExplanationShape): string {
  const sentences = explanation?.sentences ?? [`It cannot be judged: ${fault}`];
  return [app, ...sentences.map((sentence) => `- ${sentence}`)].map(plainText).join('\n');
}
