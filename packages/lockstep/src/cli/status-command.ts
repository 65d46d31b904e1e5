import type { StatusShape } from '../admin-api/status-shape.ts';
import type { CommandModule } from './command-module.ts';
import { cycleText } from './cycle-text.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep status [APP]`. */
export const statusCommand: CommandModule = {
  register: (program, io) => {
    const command = program
      .command('status')
      .description('Shows how the provisioning of every app, or of one, stands.')
      .argument('[app]', 'Name or id of an app.');
    addServerFlags(command, ['status', 'status Zenya --json']).action(
      async (app: string | undefined, flags: ServerFlags) => {
        const { client, answers } = await connect(flags, io);
        if (app === undefined) {
          const status = await client.call({ method: 'GET', path: ['status'] }, answers.server);
          const first = `${status.url}: ${status.users} people and ${status.groups} groups in the directory, ${status.apps.length} apps`;
          show(io, flags, { json: status, text: () => [first, ...status.apps.map(statusText)].join('\n\n') });
          return;
        }
        const status = await client.call({ method: 'GET', path: ['apps', app, 'status'] }, answers.status);
        show(io, flags, { json: status, text: () => statusText(status) });
      },
    );
  },
};

function progressText({ done, total, secondsLeft }: NonNullable<StatusShape['progress']>): string {
  return `${done} of ${total}${secondsLeft === undefined ? '' : `, about ${secondsLeft} s left`}`;
}

function statusText(status: StatusShape): string {
  const { progress, lastCycle, nextRunAt, linkedUsers, linkedGroups, retrying } = status;
  const lines = [
    `accounts: ${linkedUsers} users, ${linkedGroups} groups${retrying > 0 ? `; ${retrying} failures are tried again` : ''}`,
    ...(status.code === 'Active'
      ? []
      : [`state: ${status.code}${status.because === undefined ? '' : `: ${plainText(status.because)}`}`]),
    ...(status.quarantine === undefined
      ? []
      : [
          `quarantine: ${status.quarantine.reason}: ${plainText(status.quarantine.message)}; next attempt ${status.quarantine.nextAttempt}`,
        ]),
    ...(status.staged.pending === 0 ? [] : [`held: ${status.staged.pending} removals wait; see \`lockstep staged\``]),
    ...(progress === undefined ? [] : [`running: ${progress.kind} cycle, ${progressText(progress)}`]),
    ...(lastCycle === undefined ? [] : [`last: ${cycleText(lastCycle)}, ended ${lastCycle.endedAt}`]),
    status.isEnabled
      ? `next: ${nextRunAt ?? (status.isRunning ? 'after this one' : 'when something changes')}`
      : 'next: the schedule is off',
  ];
  return [plainText(status.app), ...lines.map((line) => `  ${line}`)].join('\n');
}
