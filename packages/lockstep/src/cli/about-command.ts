import type { AboutShape } from '../admin-api/about-routes.ts';
import type { CommandModule } from './command-module.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep about`: what runs there. */
export const aboutCommand: CommandModule = {
  register: (program, io) => {
    const command = program.command('about').description('What runs there: versions, address, database and sizes.');
    addServerFlags(command, ['about']).action(async (flags: ServerFlags) => {
      const [{ client }, { serverAnswers }] = await Promise.all([connect(flags, io), import('./server-answers.ts')]);
      const found = await client.call({ method: 'GET', path: ['about'] }, serverAnswers.about);
      show(io, flags, { json: found, text: () => aboutText(found) });
    });
  },
};

function aboutText({ database, counts, places, ...about }: AboutShape): string {
  const size = `${(database.bytes / 1024 / 1024).toFixed(1)} MiB`;
  const many = (name: keyof AboutShape['counts']): string =>
    `${counts[name].isMore ? 'more than ' : ''}${counts[name].count}`;
  const lines = [
    `Lockstep ${about.version} (${about.licence}), Node ${about.node}, ${about.platform}`,
    `started at ${about.startedAt}, reached at ${about.baseUrl}`,
    `database: ${database.kind} ${database.version}, schema ${database.schema}, ${size}`,
    `people, groups and accounts: ${many('objects')}; memberships: ${many('memberships')}`,
    `feed entries: ${many('feedEntries')}; log records: ${many('logRecords')}; audit entries: ${many('auditEntries')}`,
    ...(places === null ? [] : [`data folder ${places.dataFolder}, master key ${places.masterKeyFile}`]),
  ];
  return lines.map(plainText).join('\n');
}
