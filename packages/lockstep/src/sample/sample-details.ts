import type { JsonObject } from '@lockstep/scim';
import type { Culture } from './cultures.ts';
import type { Prng } from './prng.ts';

const STAFF_TITLES = [
  'Specialist',
  'Senior Specialist',
  'Coordinator',
  'Analyst',
  'Assistant',
  'Advisor',
  'Engineer',
  'Trainee',
];

/** What somebody's job is called. */
export function jobTitle(level: number, department: string, prng: Prng): string {
  switch (level) {
    case 0:
      return 'Chief Executive Officer';
    case 1:
      return 'Director';
    case 2:
      return `Head of ${department}`;
    case 3:
      return `Team Lead ${department}`;
    default:
      return `${prng.pick(STAFF_TITLES)} ${department}`;
  }
}

/** Where somebody sits and can be reached; phone numbers are written the ways people write them. */
export function employment(culture: Culture, prng: Prng): JsonObject {
  const hired = new Date(Date.UTC(1994 + prng.whole(31), prng.whole(12), 1 + prng.whole(28)));
  return {
    employeeType: prng.pick(['Employee', 'Employee', 'Employee', 'Contractor', 'Intern']),
    employeeHireDate: hired.toISOString(),
    physicalDeliveryOfficeName: `${culture.city} ${prng.pick(['A', 'B', 'C'])}${1 + prng.whole(9)}.${String(prng.whole(40)).padStart(2, '0')}`,
    extensionAttribute1: `CC-${1_000 + prng.whole(90) * 10}`,
    ...(prng.chance(0.8) ? { telephoneNumber: phoneNumber(culture, prng) } : {}),
    ...(prng.chance(0.6) ? { mobile: phoneNumber(culture, prng) } : {}),
  };
}

function phoneNumber(culture: Culture, prng: Prng): string {
  const digits = String(1_000_000 + prng.whole(9_000_000));
  const [start, middle, end] = [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)];
  const prefix = culture.phonePrefix;
  return prng.pick([
    `${prefix} ${start} ${middle}${end}`,
    `${prefix}${digits}`.replaceAll(' ', ''),
    `${prefix} (0)${start}-${middle}-${end}`,
    `0${start} ${middle} ${end}`,
  ]);
}
