import { performance } from 'node:perf_hooks';
import { compileMapping, mapObject, userSource } from '@lockstep/engine';
import { templates } from '@lockstep/gallery';

const ROUNDS = 5;
const PEOPLE = 20_000;

/** What one core does with the default mapping of users. A mapping is one row evaluated for one person. */
export interface MappingSpeed {
  readonly rows: number;
  readonly mappingsPerSecond: number;
  readonly peoplePerSecond: number;
}

/** Measures the best of several rounds, source object included. */
export function benchMapping(log: (line: string) => void): MappingSpeed {
  const compiled = compileMapping(templates.generic.users);
  const rows = compiled.mappings.length;
  const people = Array.from({ length: PEOPLE }, (_, index) => person(index));
  const context = { nowMs: 0, random: () => 0, randomGuid: () => '00000000-0000-4000-8000-000000000000' };
  let bestMs = Number.POSITIVE_INFINITY;
  let written = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedMs = performance.now();
    for (const one of people) {
      const result = mapObject(compiled, userSource(one, false), context);
      if (result.kind === 'mapped') written += result.mapped.values.length;
    }
    bestMs = Math.min(bestMs, performance.now() - startedMs);
  }
  const peoplePerSecond = Math.round((PEOPLE / bestMs) * 1_000);
  const speed = { rows, peoplePerSecond, mappingsPerSecond: peoplePerSecond * rows };
  log(`mapping: ${speed.mappingsPerSecond} mappings/s (${rows} rows, ${peoplePerSecond} people/s, ${written} values)`);
  return speed;
}

function person(index: number): Parameters<typeof userSource>[0] {
  return {
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    attributes: {
      userPrincipalName: `person${index}@example.com`,
      mail: `person${index}@example.com`,
      mailNickname: `person${index}`,
      givenName: `Given${index}`,
      surname: `Sur${index}`,
      displayName: `Given${index} Sur${index}`,
      department: index % 2 === 0 ? 'Sales' : 'Engineering',
      jobTitle: 'Engineer',
      telephoneNumber: `+31 20 ${index}`,
      mobile: `+31 6 ${index}`,
      city: 'Utrecht',
      country: 'NL',
      employeeId: String(index),
      preferredLanguage: 'nl-NL',
    },
    isAccountEnabled: true,
    deleted: 'no',
    managerId: undefined,
    isAssigned: true,
    roles: [],
  };
}
