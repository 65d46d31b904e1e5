import { createPrng } from './prng.ts';
import type { SampleCompany } from './sample-company.ts';
import { buildSampleGroups } from './sample-groups.ts';
import { buildSamplePeople } from './sample-people.ts';

const SEED = 4600;

/** Makes the sample company: 1,000 people in 60 groups. */
export function buildSampleCompany(seed: number = SEED): SampleCompany {
  const prng = createPrng(seed);
  const people = buildSamplePeople(prng);
  return { people, groups: buildSampleGroups(people, prng) };
}
