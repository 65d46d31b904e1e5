import { aboutCommand } from './about-command.ts';
import { appCommand } from './app-command.ts';
import { applyCommand } from './apply-command.ts';
import { attributeCommand } from './attribute-command.ts';
import { auditCommand } from './audit-command.ts';
import type { CommandModule } from './command-module.ts';
import { configCheckCommand } from './config-check-command.ts';
import { consoleSignInCommand } from './console-sign-in-command.ts';
import { directoryCommand } from './directory-command.ts';
import { driftCommand } from './drift-command.ts';
import { explainCommand } from './explain-command.ts';
import { expressionCommand } from './expression-command.ts';
import { importCommand } from './import-command.ts';
import { keyCommand } from './key-command.ts';
import { linkCommand } from './link-command.ts';
import { logCommand } from './log-command.ts';
import { logsCommand } from './logs-command.ts';
import { mailCommand } from './mail-command.ts';
import { mappingCommand } from './mapping-command.ts';
import { providerCommand } from './provider-command.ts';
import { provisionCommand } from './provision-command.ts';
import { roleCommand } from './role-command.ts';
import { rollbackCommand } from './rollback-command.ts';
import { scopeCommand } from './scope-command.ts';
import { secretsCommand } from './secrets-command.ts';
import { settingsCommand } from './settings-command.ts';
import { approveCommand, rejectCommand, stagedCommand } from './staged-command.ts';
import { startCommand } from './start-command.ts';
import { statusCommand } from './status-command.ts';
import { syncCommand } from './sync-command.ts';
import { workerCommand } from './worker-command.ts';

/** Every command, in the order `lockstep --help` shows them. */
export const commands: readonly CommandModule[] = [
  startCommand,
  workerCommand,
  applyCommand,
  directoryCommand,
  appCommand,
  mappingCommand,
  attributeCommand,
  scopeCommand,
  roleCommand,
  linkCommand,
  syncCommand,
  provisionCommand,
  explainCommand,
  stagedCommand,
  approveCommand,
  rejectCommand,
  importCommand,
  driftCommand,
  rollbackCommand,
  statusCommand,
  logsCommand,
  logCommand,
  auditCommand,
  settingsCommand,
  mailCommand,
  providerCommand,
  keyCommand,
  secretsCommand,
  consoleSignInCommand,
  aboutCommand,
  expressionCommand,
  configCheckCommand,
];
