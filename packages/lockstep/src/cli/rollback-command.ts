import { isJsonArray, isJsonObject } from '@lockstep/scim';
import type { CommandModule } from './command-module.ts';
import { applyPlanById, planText, readPlanItems } from './kept-plan.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface RollbackFlags extends ServerFlags {
  readonly dryRun?: boolean;
}

/** `lockstep rollback APP CYCLE`. */
export const rollbackCommand: CommandModule = {
  register: (program, io) => {
    const command = program
      .command('rollback')
      .description('Undoes a cycle from its log, and pauses the job. What changed in the app since is left alone.')
      .argument('<app>', 'Name or id of the app.')
      .argument('<cycle>', 'Id of the cycle, as `lockstep logs` shows it.')
      .option('--dry-run', 'Show what would be undone and send nothing.');
    const cycle = '0b9c5b1e-8f5b-4a8e-9a43-0f6f7d3f1c55';
    addServerFlags(command, [`rollback Zenya ${cycle} --dry-run`, `rollback Zenya ${cycle}`]).action(
      async (app: string, cycleId: string, flags: RollbackFlags) => {
        const [{ client }, { keptAnswers }] = await Promise.all([connect(flags, io), import('./kept-answers.ts')]);
        const request = { method: 'POST', path: ['apps', app, 'rollbacks'], body: { cycle: cycleId } } as const;
        const plan = await client.call(request, keptAnswers.plan);
        const items = (await readPlanItems(client, plan.id, keptAnswers)).map((one) => one.item);
        const text = (): string => [planText(plan), ...items.map(itemText)].join('\n');
        if (flags.dryRun === true) {
          show(io, flags, { json: { ...plan, items }, text: () => `${text()}\nnothing was sent` });
          return;
        }
        io.writeError(`${text()}\n`);
        await applyPlanById(plan.id, flags, io);
      },
    );
  },
};

function itemText(item: Readonly<Record<string, unknown>>): string {
  const changes = isJsonArray(item['changes']) ? item['changes'].filter(isJsonObject) : [];
  const shown = changes.map(
    (one) => `${String(one['attribute'])}: ${String(one['oldValue'])} -> ${String(one['newValue'])}`,
  );
  const detail = shown.length === 0 ? String(item['text']) : shown.join('; ');
  return plainText(`  ${String(item['do']).padEnd(10)}  ${String(item['displayName'])}  ${detail}`);
}
