import type { AuditShape } from '../admin-api/audit-routes.ts';
import type { CommandModule } from './command-module.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface AuditFlags extends ServerFlags {
  readonly about?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: string;
}

/** `lockstep audit`: who changed the configuration, when and how. */
export const auditCommand: CommandModule = {
  register: (program, io) => {
    const command = program
      .command('audit')
      .description('Shows changes of the configuration, newest first.')
      .option('--about <text>', 'Part of what it is about, such as the name of an app.')
      .option('--from <time>', 'Not before this time, such as 2026-01-31T08:00:00Z.')
      .option('--to <time>', 'Before this time.')
      .option('--limit <count>', 'How many at most, up to 1000.', '50');
    addServerFlags(command, ['audit', 'audit --about Zenya --limit 10']).action(async (flags: AuditFlags) => {
      const [{ client }, { keptAnswers }] = await Promise.all([connect(flags, io), import('./kept-answers.ts')]);
      const { about: subject, from, to, limit } = flags;
      const request = { method: 'GET', path: ['audit'], query: { subject, from, to, limit } } as const;
      const { items } = await client.call(request, keptAnswers.audit);
      show(io, flags, {
        json: { items },
        text: () => (items.length === 0 ? 'nothing was changed' : items.map(entryText).join('\n')),
      });
    });
  },
};

function entryText({ at, actor, action, subject, differences }: AuditShape): string {
  const head = plainText(`${at}  ${actor}  ${subject}  ${action}`);
  const lines = differences.map(({ what, before, after }) =>
    plainText(`    ${what}: ${before ?? '(none)'} -> ${after ?? '(none)'}`),
  );
  return [head, ...lines].join('\n');
}
