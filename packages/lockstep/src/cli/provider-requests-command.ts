import type { Command } from 'commander';
import type { RequestDetailShape, RequestShape, RequestSummaryShape } from '../admin-api/request-shape.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { findProvider } from './find-provider.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface ListFlags extends ServerFlags {
  readonly status?: string;
  readonly deviating?: boolean;
  readonly deviation?: string;
  readonly search?: string;
  readonly from?: string;
  readonly to?: string;
  readonly after?: string;
  readonly limit: string;
}

const PROVIDER = 'Id or title of the tenant.';
const MODES = ['off', 'problems', 'all', 'default'] as const;

/** `lockstep provider requests [list]|show|summary|keep PROVIDER`: what the clients of a tenant sent. */
export function registerProviderRequests(family: Command, io: CliIo): void {
  const requests = family
    .command('requests')
    .description(
      'What the SCIM clients of a tenant sent, and how it departs from the protocol. Values of people are masked.',
    );
  registerList(requests, io);
  registerShow(requests, io);
  registerSummary(requests, io);
  registerKeep(requests, io);
}

function registerList(requests: Command, io: CliIo): void {
  const command = requests
    .command('list', { isDefault: true })
    .description('Lists requests that are kept, newest first.')
    .argument('<provider>', PROVIDER)
    .option('--status <class>', 'Only 2xx, 3xx, 4xx or 5xx.')
    .option('--deviating', 'Only those that depart from the protocol.')
    .option('--deviation <name>', 'Only those with this deviation, such as booleanAsText.')
    .option('--search <text>', 'Part of method and path.')
    .option('--from <time>', 'Not before this time, such as 2026-01-31T08:00:00Z.')
    .option('--to <time>', 'Before this time.')
    .option('--after <number>', 'The page behind this number.')
    .option('--limit <count>', 'How many at most, up to 1000.', '50');
  const examples = ['provider requests 1234 --deviating', 'provider requests 1234 --status 4xx --search users'];
  addServerFlags(command, examples).action(async (provider: string, flags: ListFlags) => {
    const connection = await connect(flags, io);
    const path = ['providers', await findProvider(connection, provider), 'requests'];
    const { status, deviation, search, from, to, after, limit } = flags;
    const deviating = flags.deviating === true ? 'true' : undefined;
    const query = { status, deviating, deviation, search, from, to, after, limit };
    const found = await connection.client.call({ method: 'GET', path, query }, connection.answers.requests);
    show(io, flags, { json: found, text: () => listText(found.items) });
    if (found.next !== undefined) io.writeError(`there are more: --after ${found.next}\n`);
  });
}

function listText(items: readonly RequestShape[]): string {
  if (items.length === 0) return 'no request is kept that fits; `provider requests summary` tells what is kept';
  const rows = items.map((one) => [
    String(one.number),
    one.at,
    String(one.status),
    plainText(`${one.method} ${one.path}`),
    one.deviations.join(' '),
  ]);
  return tableText(['number', 'when', 'status', 'request', 'deviations'], rows);
}

function registerShow(requests: Command, io: CliIo): void {
  const command = requests
    .command('show')
    .description('Shows one request with the form of its body, and what can be done about each deviation.')
    .argument('<provider>', PROVIDER)
    .argument('<number>', 'Number of the request.');
  addServerFlags(command, ['provider requests show 1234 17']).action(
    async (provider: string, number: string, flags: ServerFlags) => {
      if (!/^\d{1,15}$/.test(number)) throw new LockstepError('wrongUsage', `${number} is no number of a request`);
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'requests', number];
      const found = await connection.client.call({ method: 'GET', path }, connection.answers.request);
      show(io, flags, { json: found, text: () => requestText(found) });
    },
  );
}

function requestText(one: RequestDetailShape): string {
  const sender = [one.client, one.userAgent, one.address].filter((part) => part !== null).join(', ');
  const lines = [
    `${one.method} ${one.path}`,
    `  when      ${one.at}, ${one.durationMs} ms`,
    `  answer    ${one.status}${one.scimType === null ? '' : ` ${one.scimType}`}${one.detail === null ? '' : `: ${one.detail}`}`,
    `  token     ${one.tokenLabel ?? 'unknown'}${one.tokenId === null ? '' : ` (${one.tokenId})`}`,
    `  client    ${sender}`,
    ...(one.form === null ? [] : [`  body      ${one.form}`]),
    ...one.told.flatMap(({ code, sentence, rfc, remedy }) => [`  ${code}: ${sentence} (${rfc})`, `    ${remedy}`]),
  ];
  return lines.map(plainText).join('\n');
}

function registerSummary(requests: Command, io: CliIo): void {
  const command = requests
    .command('summary')
    .description('Counts the deviations of the last seven days, and tells what is kept.')
    .argument('<provider>', PROVIDER);
  addServerFlags(command, ['provider requests summary 1234']).action(async (provider: string, flags: ServerFlags) => {
    const connection = await connect(flags, io);
    const path = ['providers', await findProvider(connection, provider), 'requests', 'summary'];
    const found = await connection.client.call({ method: 'GET', path }, connection.answers.requestSummary);
    show(io, flags, { json: found, text: () => summaryText(found) });
  });
}

function summaryText({ days, deviations, mode, retentionDays, keep, kept, dropped }: RequestSummaryShape): string {
  const rows = deviations.map((one) => [String(one.count), one.code, one.rfc, plainText(one.remedy)]);
  const counted =
    rows.length === 0
      ? `nothing departed from the protocol in ${days} days`
      : tableText(['times', 'deviation', 'departs from', 'what to do'], rows);
  const age = retentionDays === 0 ? 'however old' : `${retentionDays} days`;
  const lost = dropped === 0 ? '' : `; ${dropped} more were only counted`;
  return `${counted}\nkept: ${mode}, ${kept} of ${keep} at most, ${age}${lost}`;
}

function registerKeep(requests: Command, io: CliIo): void {
  const command = requests
    .command('keep')
    .description('Says which requests are kept: off, problems (refused or departing from the protocol), all, default.')
    .argument('<provider>', PROVIDER)
    .argument('<mode>', `${MODES.join(', ')}; default = as the server says.`);
  addServerFlags(command, ['provider requests keep 1234 all']).action(
    async (provider: string, mode: string, flags: ServerFlags) => {
      const known = MODES.find((one) => one === mode);
      if (known === undefined) throw new LockstepError('wrongUsage', `${mode} is none of ${MODES.join(', ')}`);
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider)];
      const body = { requestLog: known === 'default' ? null : known };
      const changed = await connection.client.call({ method: 'PATCH', path, body }, connection.answers.provider);
      show(io, flags, { json: changed, text: () => `requests of ${plainText(changed.title)} are kept: ${known}` });
    },
  );
}
