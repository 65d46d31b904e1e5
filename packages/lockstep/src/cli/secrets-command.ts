import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, exampleText, type ServerFlags, show } from './server-command.ts';

/** `lockstep secrets status|expiring|rotate|drop`: secrets at rest, the master key they are sealed with, and what ends. */
export const secretsCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('secrets').description('Stored secrets and the master key they are sealed with.');
    registerStatus(family, io);
    registerExpiring(family, io);
    registerRotate(family, io);
    registerDrop(family, io);
  },
};

function registerStatus(family: Command, io: CliIo): void {
  const command = family.command('status').description('Which key stored secrets are sealed with. Shows none of them.');
  addServerFlags(command, ['secrets status']).action(async (flags: ServerFlags) => {
    const { client, answers } = await connect(flags, io);
    const found = await client.call({ method: 'GET', path: ['secrets'] }, answers.secrets);
    const rows = found.sealed.map((one) => [one.kind, one.keyId, String(one.count), one.isReadable ? '' : 'lost']);
    const next = found.nextKeyId === null ? '' : `\nbeing changed to ${found.nextKeyId}`;
    const since = found.rotatedAt === null ? '' : `\nin use since ${found.rotatedAt}`;
    const retired = found.retired.length === 0 ? '' : `\nretired: ${found.retired.join(', ')}`;
    const table = rows.length === 0 ? 'nothing is sealed' : tableText(['kind', 'key', 'count', ''], rows);
    show(io, flags, { json: found, text: () => `master key ${found.keyId}${since}${next}${retired}\n\n${table}` });
  });
}

interface ExpiringFlags extends ServerFlags {
  readonly after?: string;
  readonly limit: string;
}

function registerExpiring(family: Command, io: CliIo): void {
  const command = family
    .command('expiring')
    .description('Tokens, clients, keys, client secrets and certificates with an end, soonest first.')
    .option('--after <place>', 'Where the page before ended.')
    .option('--limit <count>', 'How many at most, up to 200.', '50');
  addServerFlags(command, ['secrets expiring']).action(async (flags: ExpiringFlags) => {
    const [{ client }, { serverAnswers }] = await Promise.all([connect(flags, io), import('./server-answers.ts')]);
    const request = {
      method: 'GET',
      path: ['secrets', 'expiring'],
      query: { after: flags.after, limit: flags.limit },
    } as const;
    const found = await client.call(request, serverAnswers.expiries);
    const rows = found.items.map(({ kind, id, label, expiresAt, hasEnded, provider }) =>
      [hasEnded ? `${expiresAt} (ended)` : expiresAt, kind, id, label, provider?.title ?? ''].map(plainText),
    );
    const table =
      rows.length === 0 ? 'nothing has an end' : tableText(['ends', 'kind', 'id', 'label', 'provider'], rows);
    show(io, flags, { json: found, text: () => table });
    if (found.next !== undefined) io.writeError(`there is more: --after ${plainText(found.next)}\n`);
  });
}

function registerRotate(family: Command, io: CliIo): void {
  const command = family
    .command('rotate')
    .description('Changes the master key and seals every stored secret anew. Goes on where it was broken off.');
  addServerFlags(command, ['secrets rotate']).action(async (flags: ServerFlags) => {
    const { client, answers } = await connect(flags, io);
    const done = await client.call({ method: 'POST', path: ['secrets', 'rotate'] }, answers.rotation);
    show(io, flags, { json: done, text: () => `master key ${done.keyId}: ${done.resealed} secrets sealed anew` });
    for (const lost of done.unreadable) io.writeError(`lost before: ${lost.kind} ${lost.id}\n`);
    io.writeError('the key before is kept beside it (.retired-ID); delete it when no backup needs it any more\n');
  });
}

interface DropFlags {
  readonly data?: string;
  readonly database?: string;
  readonly masterKeyFile?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const DATA_DEFAULT = 'lockstep-data';

function registerDrop(family: Command, io: CliIo): void {
  family
    .command('drop')
    .description('Takes secrets away whose master key is lost, so that the server starts. It must not be running.')
    .option('--data <folder>', `Data folder. Default: LOCKSTEP_DATA, else ${DATA_DEFAULT}.`)
    .option('--database <address>', 'Address of a PostgreSQL database instead of the data folder.')
    .option('--master-key-file <file>', 'The key that is there. Default: LOCKSTEP_MASTER_KEY_FILE, else in the folder.')
    .option('--yes', 'Does it; without it only says what would go.')
    .option('--json', 'JSON on standard output, and nothing else there.')
    .addHelpText('after', exampleText(['secrets drop --data lockstep-data --yes']))
    .action((flags: DropFlags) => drop(flags, io));
}

async function drop(flags: DropFlags, io: CliIo): Promise<void> {
  const [{ DatabaseInUse, openPostgresStore, openSqliteStore }, { openKeyRing }, { dropUnreadable, secretsStanding }] =
    await Promise.all([
      import('@lockstep/store'),
      import('../secrets/key-ring.ts'),
      import('../secrets/rotate-secrets.ts'),
    ]);
  const folder = resolve(io.workingFolder, flags.data ?? io.environment['LOCKSTEP_DATA'] ?? DATA_DEFAULT);
  const keyFile = flags.masterKeyFile ?? io.environment['LOCKSTEP_MASTER_KEY_FILE'];
  const file = keyFile === undefined ? join(folder, 'master-key') : resolve(io.workingFolder, keyFile);
  const ring = openKeyRing(file, { mayMake: false });
  const opening =
    flags.database === undefined
      ? openSqliteStore({ file: join(folder, 'lockstep.db') }, Date.now())
      : openPostgresStore({ url: flags.database }, Date.now());
  const store = await opening.catch((error: unknown) => {
    if (!(error instanceof DatabaseInUse)) throw error;
    throw new LockstepError('dataInUse', 'stop the server first', { cause: error });
  });
  try {
    const { sealed } = await secretsStanding(ring, store.sealed);
    const lost = sealed.filter((one) => !one.isReadable);
    if (flags.yes === true) await dropUnreadable(ring, store.sealed);
    const words = flags.yes === true ? 'taken away' : 'would go (say --yes)';
    const text = (): string =>
      lost.length === 0
        ? 'every secret can be opened'
        : lost.map((one) => `${one.count} of ${one.kind} ${words}`).join('\n');
    show(io, flags.json === undefined ? {} : { json: flags.json }, {
      json: { lost, isDone: flags.yes === true },
      text,
    });
  } finally {
    await store.close();
  }
}
