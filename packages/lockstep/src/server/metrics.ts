import type { CycleEvent } from '@lockstep/engine';

/** Counters in the text form that Prometheus reads. */
export interface Metrics {
  countRequest(part: 'scim' | 'api' | 'other', status: number): void;
  countCycle(event: CycleEvent): void;
  text(): string;
}

export function createMetrics(): Metrics {
  const requests = new Map<string, number>();
  const cycles = new Map<string, number>();
  const objects = new Map<string, number>();
  const add = (counts: Map<string, number>, labels: string, by: number): void => {
    counts.set(labels, (counts.get(labels) ?? 0) + by);
  };
  return {
    countRequest: (part, status) => add(requests, `part="${part}",class="${Math.floor(status / 100)}xx"`, 1),
    countCycle: (event) => {
      if (event.kind !== 'finished') return;
      const { state, counts } = event.summary;
      add(cycles, `state="${state}"`, 1);
      for (const effect of ['created', 'linked', 'updated', 'disabled', 'deleted', 'skipped', 'failed'] as const) {
        if (counts[effect] > 0) add(objects, `effect="${effect}"`, counts[effect]);
      }
    },
    text: () =>
      [
        ...print('lockstep_requests_total', 'Requests answered, by part and class of status.', requests),
        ...print('lockstep_cycles_total', 'Provisioning cycles that ended, by state.', cycles),
        ...print('lockstep_objects_total', 'People and groups handled by cycles, by effect.', objects),
        '',
      ].join('\n'),
  };
}

function print(name: string, help: string, counts: ReadonlyMap<string, number>): readonly string[] {
  const samples = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([labels, count]) => `${name}{${labels}} ${count}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} counter`, ...samples];
}
