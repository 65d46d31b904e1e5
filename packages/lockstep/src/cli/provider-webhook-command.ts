import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { findProvider } from './find-provider.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep provider webhook add|list|on|off|test|remove|dead-letters|redeliver PROVIDER`. */
export function registerProviderWebhook(family: Command, io: CliIo): void {
  const webhooks = family.command('webhook').description('Endpoints that are told what happens in a tenant.');
  registerAdd(webhooks, io);
  registerList(webhooks, io);
  registerSwitch(webhooks, io, { word: 'on', description: 'Tells an endpoint again, first what waited.' });
  registerSwitch(webhooks, io, { word: 'off', description: 'Tells an endpoint nothing; what happens waits for it.' });
  registerTest(webhooks, io);
  registerRemove(webhooks, io);
  registerDeadLetters(webhooks, io);
  registerRedeliver(webhooks, io);
}

function registerAdd(webhooks: Command, io: CliIo): void {
  const command = webhooks
    .command('add')
    .description('Adds an endpoint. Its signing secret is printed once and never again.')
    .argument('<provider>', 'Id or title of the tenant.')
    .argument('<url>', 'Address that takes the events.')
    .option('--after <entry>', 'Feed entry behind which to begin; 0 = from the very beginning. Default: from now on.');
  const examples = [
    'provider webhook add 1234 https://app.example.com/hooks',
    'provider webhook add 1234 https://app.example.com/hooks --after 0',
  ];
  addServerFlags(command, examples).action(
    async (provider: string, url: string, flags: ServerFlags & { readonly after?: string }) => {
      const after = flags.after === undefined ? {} : { after: wholeNumber('--after', flags.after) };
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'webhooks'];
      const body = { url, ...after };
      const made = await connection.client.call({ method: 'POST', path, body }, connection.answers.newWebhook);
      show(io, flags, { json: made, text: () => `Webhook: ${made.id}\nSigning Secret: ${made.secret}` });
      io.writeError(`webhook ${made.id}: copy the secret now, it is never shown again\n`);
    },
  );
}

function registerList(webhooks: Command, io: CliIo): void {
  const command = webhooks
    .command('list')
    .description('Lists the endpoints of a tenant, how far each has come and what stops it.')
    .argument('<provider>', 'Id or title of the tenant.');
  addServerFlags(command, ['provider webhook list 1234']).action(async (provider: string, flags: ServerFlags) => {
    const connection = await connect(flags, io);
    const path = ['providers', await findProvider(connection, provider), 'webhooks'];
    const found = await connection.client.call({ method: 'GET', path }, connection.answers.webhooks);
    show(io, flags, {
      json: found,
      text: () => {
        if (found.items.length === 0) return 'the tenant has no webhooks; `lockstep provider webhook add` makes one';
        const rows = found.items.map((one) => [
          one.id,
          plainText(one.url),
          one.isOn ? 'on' : 'off',
          String(one.position),
          String(one.attempts),
          plainText(one.lastError ?? ''),
        ]);
        return tableText(['id', 'address', 'state', 'position', 'failed', 'last error'], rows);
      },
    });
  });
}

function registerSwitch(
  webhooks: Command,
  io: CliIo,
  { word, description }: { readonly word: 'on' | 'off'; readonly description: string },
): void {
  const command = webhooks
    .command(word)
    .description(description)
    .argument('<provider>', 'Id or title of the tenant.')
    .argument('<webhook>', 'Id of the endpoint.');
  addServerFlags(command, [`provider webhook ${word} 1234 WEBHOOK_ID`]).action(
    async (provider: string, webhook: string, flags: ServerFlags) => {
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'webhooks', webhook];
      const body = { isOn: word === 'on' };
      const changed = await connection.client.call({ method: 'PATCH', path, body }, connection.answers.webhook);
      show(io, flags, { json: changed, text: () => `${plainText(changed.url)} is ${word}` });
    },
  );
}

function registerTest(webhooks: Command, io: CliIo): void {
  const command = webhooks
    .command('test')
    .description('Sends an event of the type endpoint.test; it is no entry of the feed.')
    .argument('<provider>', 'Id or title of the tenant.')
    .argument('<webhook>', 'Id of the endpoint.');
  addServerFlags(command, ['provider webhook test 1234 WEBHOOK_ID']).action(
    async (provider: string, webhook: string, flags: ServerFlags) => {
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'webhooks', webhook, 'test'];
      const result = await connection.client.call({ method: 'POST', path }, connection.answers.redelivered);
      printOutcome(io, flags, result);
    },
  );
}

/** @throws {LockstepError} `conflict` when the endpoint did not take it */
function printOutcome(
  io: CliIo,
  flags: ServerFlags,
  result: { readonly delivered: boolean; readonly error?: string | undefined },
): void {
  if (!result.delivered) throw new LockstepError('conflict', `not delivered: ${result.error ?? 'it was not taken'}`);
  show(io, flags, { json: result, text: () => 'delivered' });
}

function registerRemove(webhooks: Command, io: CliIo): void {
  const command = webhooks
    .command('remove')
    .description('Removes an endpoint with its dead letters.')
    .argument('<provider>', 'Id or title of the tenant.')
    .argument('<webhook>', 'Id of the endpoint.');
  addServerFlags(command, ['provider webhook remove 1234 WEBHOOK_ID']).action(
    async (provider: string, webhook: string, flags: ServerFlags) => {
      const connection = await connect(flags, io);
      const id = await findProvider(connection, provider);
      await connection.client.send({ method: 'DELETE', path: ['providers', id, 'webhooks', webhook] });
      show(io, flags, { json: { removed: [webhook] }, text: () => '1 webhook removed' });
    },
  );
}

function registerDeadLetters(webhooks: Command, io: CliIo): void {
  const command = webhooks
    .command('dead-letters')
    .description('Lists the events an endpoint did not take in all attempts, oldest first.')
    .argument('<provider>', 'Id or title of the tenant.')
    .argument('<webhook>', 'Id of the endpoint.')
    .option('--after <entry>', 'Entry behind which to begin.', '0')
    .option('--limit <count>', 'How many at most.', '100');
  addServerFlags(command, ['provider webhook dead-letters 1234 WEBHOOK_ID']).action(
    async (
      provider: string,
      webhook: string,
      flags: ServerFlags & { readonly after: string; readonly limit: string },
    ) => {
      const query = { after: wholeNumber('--after', flags.after), limit: wholeNumber('--limit', flags.limit) };
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'webhooks', webhook, 'dead-letters'];
      const found = await connection.client.call({ method: 'GET', path, query }, connection.answers.deadLetters);
      show(io, flags, {
        json: found,
        text: () => {
          if (found.items.length === 0) return 'there are no dead letters';
          const rows = found.items.map((one) => [
            String(one.entry),
            one.deadAt,
            String(one.attempts),
            plainText(one.error),
          ]);
          return tableText(['entry', 'given up', 'attempts', 'error'], rows);
        },
      });
      if (found.next !== undefined) io.writeError(`there are more: --after ${found.next}\n`);
    },
  );
}

function registerRedeliver(webhooks: Command, io: CliIo): void {
  const command = webhooks
    .command('redeliver')
    .description('Sends a dead letter once more; it is struck off when the endpoint takes it.')
    .argument('<provider>', 'Id or title of the tenant.')
    .argument('<webhook>', 'Id of the endpoint.')
    .argument('<entry>', 'Number of the feed entry.');
  addServerFlags(command, ['provider webhook redeliver 1234 WEBHOOK_ID 17']).action(
    async (provider: string, webhook: string, entry: string, flags: ServerFlags) => {
      const number = String(wholeNumber('the entry', entry));
      const connection = await connect(flags, io);
      const id = await findProvider(connection, provider);
      const path = ['providers', id, 'webhooks', webhook, 'dead-letters', number, 'redeliver'];
      const result = await connection.client.call({ method: 'POST', path }, connection.answers.redelivered);
      printOutcome(io, flags, result);
    },
  );
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new LockstepError('wrongUsage', `${name}: ${text} is no whole number`);
}
