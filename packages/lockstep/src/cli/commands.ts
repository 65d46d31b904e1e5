import { appCommand } from './app-command.ts';
import { applyCommand } from './apply-command.ts';
import type { CommandModule } from './command-module.ts';
import { configCheckCommand } from './config-check-command.ts';
import { directoryCommand } from './directory-command.ts';
import { explainCommand } from './explain-command.ts';
import { expressionCommand } from './expression-command.ts';
import { logVerifyCommand } from './log-verify-command.ts';
import { logsCommand } from './logs-command.ts';
import { providerCommand } from './provider-command.ts';
import { provisionCommand } from './provision-command.ts';
import { approveCommand, rejectCommand, stagedCommand } from './staged-command.ts';
import { startCommand } from './start-command.ts';
import { statusCommand } from './status-command.ts';
import { syncCommand } from './sync-command.ts';

/** Every command, in the order `lockstep --help` shows them. */
export const commands: readonly CommandModule[] = [
  startCommand,
  applyCommand,
  directoryCommand,
  appCommand,
  syncCommand,
  provisionCommand,
  explainCommand,
  stagedCommand,
  approveCommand,
  rejectCommand,
  statusCommand,
  logsCommand,
  logVerifyCommand,
  providerCommand,
  expressionCommand,
  configCheckCommand,
];
