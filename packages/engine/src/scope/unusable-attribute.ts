const LINKS = 'it names other objects, and filters compare values only';
const DATE = 'it is a date, and filters compare text, whole numbers and booleans only';

/** Attributes filters cannot use (Entra docs "Known issues" and "Scoping users or groups"; rule SCOPE-9), in lower case. */
const REASONS: ReadonlyMap<string, string> = new Map([
  [
    'approleassignments',
    'it is computed from the assignments of the app; choose the scope "assigned" and assign instead',
  ],
  ['usertype', 'Entra cannot filter by it; use another attribute that tells guests and members apart'],
  ['manager', LINKS],
  ['directreports', LINKS],
  ['members', LINKS],
  ['issoftdeleted', 'it is the outcome of the scope itself'],
  ['employeehiredate', DATE],
  ['employeeleavedatetime', DATE],
  ['createddatetime', DATE],
  ['deleteddatetime', DATE],
  ['lastpasswordchangedatetime', DATE],
  ['onpremiseslastsyncdatetime', DATE],
  ['refreshtokensvalidfromdatetime', DATE],
  ['signinsessionsvalidfromdatetime', DATE],
  ['externaluserstatechangedatetime', DATE],
  ['renewaldatetime', DATE],
  ['expirationdatetime', DATE],
  ['birthday', DATE],
  ['hiredate', DATE],
]);

/** Why no filter can use an attribute, in words; undefined when filters can. */
export function unusableReason(attribute: string): string | undefined {
  return REASONS.get(attribute.toLowerCase());
}
