import { cultures } from './cultures.ts';
import { departments } from './departments.ts';
import type { Prng } from './prng.ts';
import type { SampleGroup, SamplePerson } from './sample-company.ts';

const PROJECTS = [
  'Project Aurora',
  'Project Borealis',
  'Project Ćwierć',
  'Project Δέλτα',
  'Project Éclair',
  'Project Фенікс',
  'Project Gänsefüßchen',
  'Project 鳳凰',
  'Project Iris/Invoice',
  'Project Jökull',
  'Project "Kilo" (pilot)',
  'Project Zephyr (closed)',
];

/** Name of the group of an office. */
export function officeGroup(city: string): string {
  return `Office ${city}`;
}

type NewGroup = (displayName: string, description: string, memberIds: readonly string[]) => SampleGroup;

/** Makes 60 groups: 20 departments, 21 offices, 12 projects, 4 groups of groups and 3 of certain people. */
export function buildSampleGroups(people: readonly SamplePerson[], prng: Prng): readonly SampleGroup[] {
  const make: NewGroup = (displayName, description, memberIds) => ({
    objectId: prng.guid(),
    displayName,
    description,
    memberIds,
  });
  const byDepartment = departments.map(({ name, work }) =>
    make(name, `Everybody who ${work}.`, idsOf(people.filter((person) => person.department === name))),
  );
  const offices = cultures.map(({ city, country }) =>
    make(officeGroup(city), `The office in ${country}.`, idsOf(people.filter((person) => person.city === city))),
  );
  const projects = PROJECTS.map((name) => {
    const size = name.includes('closed') ? 0 : 8 + prng.whole(40);
    return make(name, 'Across departments, for a time.', idsOf(prng.shuffle(people).slice(0, size)));
  });
  const regions = (['Europe', 'Middle East', 'Asia'] as const).map((region) =>
    make(region, 'Holds the groups of its offices.', idsOf(offices.filter((_, at) => cultures[at]?.region === region))),
  );
  const all = make('All Offices', 'Holds the groups of the regions.', idsOf(regions));
  return [...byDepartment, ...offices, ...projects, ...regions, all, ...certainPeople(people, byDepartment, make)];
}

function certainPeople(
  people: readonly SamplePerson[],
  byDepartment: readonly SampleGroup[],
  make: NewGroup,
): readonly SampleGroup[] {
  const council = people.filter((_, at) => at % 97 === 50);
  const personnel = byDepartment.filter((group) => group.displayName === 'Human Resources');
  return [
    make('Managers', 'Directors and heads of departments.', idsOf(people.filter((person) => person.level < 3))),
    make(
      'Guests',
      'Invited from other companies.',
      idsOf(people.filter((person) => person.attributes['userType'] === 'Guest')),
    ),
    make('Works Council', 'Elected people, with a group among the members.', idsOf([...council, ...personnel])),
  ];
}

function idsOf(objects: readonly { readonly objectId: string }[]): readonly string[] {
  return objects.map((one) => one.objectId);
}
