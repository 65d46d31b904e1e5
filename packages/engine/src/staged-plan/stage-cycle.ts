import type { CyclePorts } from '../cycle/cycle-ports.ts';
import { examineObjects, idOf } from '../cycle/examine-objects.ts';
import type { Examined } from '../cycle/examined.ts';
import { nextCyclePages, toPlanned } from '../cycle/plan-cycle.ts';
import type { CompiledJob } from '../job/compile-job.ts';
import { portsOf } from '../job/directory-of.ts';
import { notePlanned, stageMembers } from './stage-members.ts';
import { noteReferrer, type Referrers, stageReferences } from './stage-references.ts';
import { type StagedItem, toStagedItem } from './staged-item.ts';

/** One page of a plan that is to be kept. */
export interface StagedPage {
  readonly items: readonly StagedItem[];
  /** Objects by what would be done about them, skips and failures among them. */
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Plans the whole next cycle so that it can be carried out later. Accounts that would be changed are read from the app, so
 * that it can be told later whether they are still the same.
 */
export async function* stageCycle(job: CompiledJob, given: CyclePorts): AsyncGenerator<StagedPage> {
  const ports = portsOf(job, given);
  const accounts = {
    user: { managed: new Set<string>(), gone: new Set<string>() },
    group: { managed: new Set<string>(), gone: new Set<string>() },
  };
  const referrers: Referrers = new Map();
  for await (const objects of nextCyclePages(job, ports)) {
    const examined = await examineObjects(job, ports, { objects });
    const uncertain = new Set(
      examined.filter((item) => item.link !== undefined && hasWrite(item)).map((one) => one.id),
    );
    const again = objects.filter((object) => uncertain.has(idOf(object)));
    const fresh = await examineObjects(job, ports, { objects: again, options: { uncertain } });
    const whole = [...examined.filter((item) => !uncertain.has(item.id)), ...fresh];
    const counts: Record<string, number> = {};
    for (const item of whole) {
      const { action } = toPlanned(item);
      counts[action] = (counts[action] ?? 0) + 1;
      notePlanned(accounts[item.objectType], item);
      noteReferrer(referrers, item);
    }
    yield { items: whole.map(toStagedItem).filter((item) => item !== undefined), counts };
  }
  for await (const items of stageMembers(job, ports, accounts)) yield { items, counts: { members: items.length } };
  const named = { referrers, people: accounts.user };
  for await (const items of stageReferences(job, ports, named)) yield { items, counts: { references: items.length } };
}

function hasWrite({ finding }: Examined): boolean {
  return finding.kind === 'plan' && finding.plan.do !== 'nothing';
}
