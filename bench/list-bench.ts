import { type ListServer, type ListSize, withBigLists } from './big-lists.ts';

const TIMES = 20;
const PAGE = 50;

interface Probe {
  readonly what: string;
  readonly path: string;
}

/**
 * How long the first pages of big lists take over HTTP, as the console asks for them, with the whole product in one process.
 * usage: lists [PEOPLE [RECORDS]]
 */
export function runListBench(options: readonly string[]): Promise<void> {
  return withBigLists(options, measureAll);
}

function probes(app: string): readonly Probe[] {
  const day = encodeURIComponent(new Date(Date.now() - 86_400_000).toISOString());
  return [
    { what: 'people', path: `/directory/users?limit=${PAGE}` },
    { what: 'people, found by name', path: `/directory/users?limit=${PAGE}&search=Person%20Number%2099` },
    { what: 'people, nobody found', path: `/directory/users?limit=${PAGE}&search=zzzz` },
    { what: 'people, disabled', path: `/directory/users?limit=${PAGE}&state=disabled` },
    { what: 'log', path: `/logs?limit=${PAGE}` },
    { what: 'log of an app', path: `/logs?limit=${PAGE}&app=${app}` },
    { what: 'log, failures', path: `/logs?limit=${PAGE}&status=failure` },
    { what: 'log, creations of an app', path: `/logs?limit=${PAGE}&app=${app}&action=create` },
    { what: 'log, removals (there are none)', path: `/logs?limit=${PAGE}&action=delete` },
    { what: 'log of one person', path: `/logs?limit=${PAGE}&user=person77@company.example` },
    { what: 'log, a name nobody has', path: `/logs?limit=${PAGE}&user=zzzz` },
    { what: 'log, last day', path: `/logs?limit=${PAGE}&from=${day}` },
    { what: 'log, page back from the middle', path: `/logs?limit=${PAGE}&before=500000` },
    { what: 'log of one cycle', path: `/logs?limit=${PAGE}&cycle=cycle-3` },
    { what: 'home', path: '/status' },
    { what: 'an app', path: `/apps/${app}/status` },
    { what: 'explain', path: `/apps/${app}/explain?user=person77@company.example` },
  ];
}

async function measureAll({ url, key }: ListServer, size: ListSize): Promise<void> {
  process.stdout.write(
    `${size.people} people, ${size.records} log records; ${TIMES} requests each, one after the other\n`,
  );
  for (const { what, path } of probes('Bench')) {
    const times: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      const startedMs = performance.now();
      const response = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } });
      const text = await response.text();
      if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
      times.push(performance.now() - startedMs);
    }
    const [first = 0] = times;
    const sorted = times.toSorted((one, other) => one - other);
    const middle = sorted[Math.floor(TIMES / 2)] ?? 0;
    process.stdout.write(
      `${what}: first ${first.toFixed(0)} ms, p50 ${middle.toFixed(0)} ms, worst ${(sorted.at(-1) ?? 0).toFixed(0)} ms\n`,
    );
  }
}
