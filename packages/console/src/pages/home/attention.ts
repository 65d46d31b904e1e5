import type { StatusShape } from 'lockstep/admin-api/answers';
import type { Tone } from '../../design/Badge.tsx';
import type { Say } from '../../phrases/phrase.ts';
import type { HomePhrase } from './phrases.ts';

/** One thing an administrator should look at. */
export interface Matter {
  readonly appId: string;
  readonly app: string;
  readonly tone: Tone;
  readonly text: string;
  /** Where it is dealt with. */
  readonly leadsTo: 'overview' | 'staged' | 'connection' | 'failures';
}

const ORDER: Readonly<Record<Matter['tone'], number>> = { danger: 0, warning: 1, accent: 2, neutral: 3, success: 4 };

/** What needs attention over all apps, worst first. A failed cycle is not told beside the quarantine it led to. */
export function mattersOf(statuses: readonly StatusShape[], say: Say<HomePhrase>): readonly Matter[] {
  return statuses
    .flatMap((status) => mattersOfApp(status, say))
    .toSorted((one, other) => ORDER[one.tone] - ORDER[other.tone]);
}

function mattersOfApp(status: StatusShape, say: Say<HomePhrase>): readonly Matter[] {
  const { id: appId, app, code, quarantine, staged, retrying, lastCycle } = status;
  const matters: Matter[] = [];
  const add = (matter: Omit<Matter, 'app' | 'appId'>): void => {
    matters.push({ appId, app, ...matter });
  };
  if (code === 'Quarantine')
    add({ tone: 'danger', text: say('quarantine', { why: quarantine?.message ?? '' }), leadsTo: 'overview' });
  else if (code === 'Disabled') add({ tone: 'danger', text: say('disabled'), leadsTo: 'overview' });
  else if (lastCycle?.state === 'failed')
    add({ tone: 'danger', text: say('failed', { why: lastCycle.error?.message ?? '' }), leadsTo: 'overview' });
  if (staged.pending > 0) add({ tone: 'warning', text: say('staged', { n: staged.pending }), leadsTo: 'staged' });
  if (retrying > 0) add({ tone: 'warning', text: say('retrying', { n: retrying }), leadsTo: 'failures' });
  if (code === 'NotConfigured') add({ tone: 'accent', text: say('notConfigured'), leadsTo: 'connection' });
  return matters;
}
