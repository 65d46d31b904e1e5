import { isJsonArray, isJsonObject, type Json } from '@lockstep/scim';
import { type GraphIssue, type GraphSchema, GraphSchemaError } from './graph-schema.ts';

interface Place {
  readonly pointer: string;
  readonly depth: number;
  readonly issues: GraphIssue[];
}

type Check = (value: Json | undefined, place: Place) => void;

const ISSUES_MAX = 100;
/** Deeper trees are no expressions: the language itself allows 500 levels in 10,000 characters. */
const DEPTH_MAX = 600;

/**
 * Looks whether a JSON value is a `synchronizationSchema`. What is null or absent is let be, unless nothing can be done without.
 *
 * @throws {GraphSchemaError} with each wrong place
 */
export function expectGraphSchema(json: unknown): GraphSchema {
  const issues: GraphIssue[] = [];
  // Parsed JSON is all that comes in; a value of another kind fails the first check.
  const value = json as Json | undefined;
  schema(value, { pointer: '', depth: 0, issues });
  if (issues.length > 0) throw new GraphSchemaError(issues);
  // Every part has just been checked.
  return value as GraphSchema;
}

function tell(place: Place, message: string): void {
  if (place.issues.length < ISSUES_MAX) place.issues.push({ pointer: place.pointer, message });
}

/** A JSON pointer to a member (RFC 6901 §3). */
export function pointerTo(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

const text: Check = (value, place) => {
  if (value !== undefined && value !== null && typeof value !== 'string') tell(place, 'a text is expected');
};

const name: Check = (value, place) => {
  if (typeof value !== 'string' || value.trim() === '') tell(place, 'a text that is not empty is needed');
};

const truth: Check = (value, place) => {
  if (value !== undefined && value !== null && typeof value !== 'boolean') tell(place, 'true or false is expected');
};

const whole: Check = (value, place) => {
  const isFine = value === undefined || value === null || (typeof value === 'number' && Number.isInteger(value));
  if (!isFine) tell(place, 'a whole number is expected');
};

/** One of several words, in any case. */
function word(...allowed: readonly string[]): Check {
  return (value, place) => {
    if (value === undefined || value === null) return;
    const isFine = typeof value === 'string' && allowed.some((one) => one.toLowerCase() === value.toLowerCase());
    if (!isFine) tell(place, `${JSON.stringify(value).slice(0, 80)} is none of ${allowed.join(', ')}`);
  };
}

/** Several of some words, joined by commas. */
function words(...allowed: readonly string[]): Check {
  const known = new Set(allowed.map((one) => one.toLowerCase()));
  return (value, place) => {
    if (value === undefined || value === null) return;
    if (typeof value !== 'string') return tell(place, 'a text is expected');
    const unknown = value.split(',').find((one) => one.trim() !== '' && !known.has(one.trim().toLowerCase()));
    if (unknown !== undefined) tell(place, `${JSON.stringify(unknown.trim())} is none of ${allowed.join(', ')}`);
  };
}

function list(item: Check): Check {
  return (value, place) => {
    if (value === undefined || value === null) return;
    if (!isJsonArray(value)) return tell(place, 'a list is expected');
    for (const [at, one] of value.entries()) item(one, { ...place, pointer: pointerTo(place.pointer, at) });
  };
}

function shape(members: Readonly<Record<string, Check>>): Check {
  return (value, place) => {
    if (!isJsonObject(value)) return tell(place, 'an object is expected');
    for (const [key, check] of Object.entries(members)) {
      const own = Object.hasOwn(value, key) ? value[key] : undefined;
      check(own, { ...place, pointer: pointerTo(place.pointer, key) });
    }
  };
}

function maybe(check: Check): Check {
  return (value, place) => {
    if (value !== undefined && value !== null) check(value, place);
  };
}

const pairs = list(shape({ key: name, value: text }));

const tree: Check = (value, place) => {
  if (place.depth > DEPTH_MAX) return tell(place, `the tree is nested more than ${DEPTH_MAX} deep`);
  const inner = { ...place, depth: place.depth + 1 };
  shape({
    type: word('Attribute', 'Constant', 'Function'),
    name: text,
    expression: text,
    parameters: list(shape({ key: text, value: maybe(tree) })),
  })(value, inner);
};

const source: Check = (value, place) => {
  tree(value, place);
  if (!isJsonObject(value)) return;
  const isEmpty = (one: Json | undefined): boolean => typeof one !== 'string' || one === '';
  const isConstant = typeof value['type'] === 'string' && value['type'].toLowerCase() === 'constant';
  if (!isConstant && isEmpty(value['name']) && isEmpty(value['expression'])) {
    tell(place, 'a source needs a name or an expression');
  }
};

const row = shape({
  targetAttributeName: name,
  source: maybe(source),
  defaultValue: text,
  flowType: word('Always', 'ObjectAddOnly', 'MultiValueAddOnly', 'ValueAddOnly', 'AttributeAddOnly'),
  flowBehavior: word('FlowWhenChanged', 'FlowAlways'),
  matchingPriority: whole,
  exportMissingReferences: truth,
});

const clause = shape({
  sourceOperandName: name,
  operatorName: name,
  targetOperand: maybe(shape({ values: list(text) })),
});

const groups = list(shape({ name: text, clauses: list(clause) }));

const objectMapping = shape({
  name: text,
  enabled: truth,
  flowTypes: words('None', 'Add', 'Update', 'Delete'),
  sourceObjectName: text,
  targetObjectName: text,
  scope: maybe(shape({ groups, inputFilterGroups: groups, categoryFilterGroups: groups })),
  attributeMappings: list(row),
  metadata: pairs,
});

const rule = shape({
  id: text,
  name: text,
  priority: whole,
  editable: truth,
  sourceDirectoryName: text,
  targetDirectoryName: text,
  objectMappings: list(objectMapping),
  metadata: pairs,
  containerFilter: maybe(shape({ includedContainers: list(text) })),
  groupFilter: maybe(shape({ includedGroups: list(text) })),
});

const attribute = shape({
  name,
  type: word('String', 'Integer', 'Reference', 'Binary', 'Boolean', 'DateTime'),
  anchor: truth,
  caseExact: truth,
  multivalued: truth,
  required: truth,
  mutability: word('ReadWrite', 'ReadOnly', 'Immutable', 'WriteOnly'),
  flowNullValues: truth,
  defaultValue: text,
  referencedObjects: list(shape({ referencedObjectName: name, referencedProperty: text })),
  apiExpressions: pairs,
  metadata: pairs,
});

const directory = shape({
  id: text,
  name,
  objects: list(shape({ name, attributes: list(attribute), metadata: pairs, supportedApis: list(text) })),
});

const needed =
  (check: Check): Check =>
  (value, place) => {
    if (value === undefined || value === null) tell(place, 'it is missing');
    else check(value, place);
  };

const schema = shape({ version: text, synchronizationRules: needed(list(rule)), directories: list(directory) });
