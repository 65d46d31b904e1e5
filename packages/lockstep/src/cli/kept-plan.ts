import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isJsonObject } from '@lockstep/scim';
import type { PlanShape } from '../admin-api/plan-routes.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { AdminClient } from './admin-client.ts';
import type { CliIo } from './cli-io.ts';
import type { KeptAnswers } from './kept-answers.ts';
import { plainText } from './print-table.ts';
import { connect, type ServerFlags, show } from './server-command.ts';

type PlanItems = Awaited<ReturnType<typeof readPlanItems>>;

/** Makes a plan that the server keeps, and writes it to a file with every object. */
export async function keepPlan(
  what: { readonly app: string; readonly file: string },
  flags: ServerFlags,
  io: CliIo,
): Promise<void> {
  const [{ client }, { keptAnswers }] = await Promise.all([connect(flags, io), import('./kept-answers.ts')]);
  const plan = await client.call({ method: 'POST', path: ['apps', what.app, 'plans'] }, keptAnswers.plan);
  const items = await readPlanItems(client, plan.id, keptAnswers);
  const document = { ...plan, items: items.map((one) => one.item) };
  writeFileSync(resolve(io.workingFolder, what.file), `${JSON.stringify(document, null, 2)}\n`);
  show(io, flags, {
    json: document,
    text: () => `${planText(plan)}\nwritten to ${plainText(what.file)}; nothing was sent`,
  });
}

/** Every object of a plan. */
export async function readPlanItems(
  client: AdminClient,
  planId: string,
  keptAnswers: KeptAnswers,
): Promise<readonly Awaited<KeptAnswers['planItems']['_output']>['items'][number][]> {
  const all: Awaited<KeptAnswers['planItems']['_output']>['items'][number][] = [];
  for (let after = -1; ; ) {
    const request = { method: 'GET', path: ['plans', planId, 'items'], query: { after, limit: 1_000 } } as const;
    const { items, next } = await client.call(request, keptAnswers.planItems);
    all.push(...items);
    if (next === undefined) return all;
    after = Number(next);
  }
}

/** Carries out the plan that a file names; the server's own copy is what counts. */
export async function applyKept(file: string, flags: ServerFlags, io: CliIo): Promise<void> {
  await applyPlanById(readPlanId(resolve(io.workingFolder, file)), flags, io);
}

/** Carries a plan out and tells what was refused. Exit code 1 when something was. */
export async function applyPlanById(planId: string, flags: ServerFlags, io: CliIo): Promise<void> {
  const [{ client }, { keptAnswers }] = await Promise.all([connect(flags, io), import('./kept-answers.ts')]);
  const applied = await client.call({ method: 'POST', path: ['plans', planId, 'apply'] }, keptAnswers.applied);
  const items = await readPlanItems(client, planId, keptAnswers);
  const open = items.filter((one) => one.state !== 'done');
  show(io, flags, { json: { ...applied, open }, text: () => appliedText(applied.counts, open) });
  if (open.length > 0) io.setExitCode(1);
}

function readPlanId(path: string): string {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new LockstepError('wrongUsage', `${path} cannot be read as a plan: ${why}`, { cause: error });
  }
  const id = isJsonObject(value) ? value['id'] : undefined;
  if (typeof id === 'string') return id;
  throw new LockstepError('wrongUsage', `${path} is no plan: it has no id`);
}

/** Counts of a plan, in a line. */
export function planText({ id, expiresAt, detail }: PlanShape): string {
  const counts = isJsonObject(detail['counts']) ? Object.entries(detail['counts']) : [];
  const shown = counts.map(([name, count]) => `${String(count)} ${name}`).join(', ');
  return `plan ${id}, good until ${expiresAt}: ${shown === '' ? 'nothing to do' : shown}`;
}

function appliedText(counts: Readonly<Record<string, number>>, open: PlanItems): string {
  const shown = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
  const lines = open.map((one) => plainText(`  ${one.state}: ${one.outcome ?? ''}`));
  return [shown.length === 0 ? 'there was nothing to do' : shown.join(', '), ...lines].join('\n');
}
