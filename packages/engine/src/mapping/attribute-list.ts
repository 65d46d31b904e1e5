import type { ReferencedObject, TargetAttribute, TargetAttributeType, TargetMutability } from '@lockstep/gallery';
import { ConfigurationError } from '../configuration-error.ts';

/** A change of one attribute; members that are absent stay. */
export interface AttributeChange {
  readonly type?: TargetAttributeType;
  readonly multiValued?: boolean;
  readonly required?: boolean;
  readonly caseExact?: boolean;
  readonly filterable?: boolean;
  readonly mutability?: TargetMutability;
  /** `null` takes the default away. */
  readonly defaultValue?: string | null;
  /** Goes with the type `Reference`. */
  readonly referencedObjects?: readonly ReferencedObject[];
}

/** What the operations on an attribute list have to know besides. */
export interface AttributeListFacts {
  readonly attributes: readonly TargetAttribute[];
  /** Targets of the mappings, rows that are switched off included. */
  readonly mappedTargets: readonly string[];
}

/**
 * Puts an attribute at the end of the list (Entra docs "Customize application attributes", attribute list editor).
 * @throws {ConfigurationError} `invalidMapping` when the name is taken, empty or too long, or the row contradicts itself
 */
export function addAttribute(facts: AttributeListFacts, attribute: TargetAttribute): readonly TargetAttribute[] {
  const name = attribute.name.trim();
  if (name === '') throw problem('attribute list', 'an attribute needs a name');
  if (name.length > NAME_LENGTH_MAX)
    throw problem(name.slice(0, 40), `a name has at most ${NAME_LENGTH_MAX} characters`);
  if (find(facts.attributes, name) !== undefined) throw problem(name, 'the list has an attribute of this name already');
  if (attribute.anchor === true && facts.attributes.some(({ anchor }) => anchor === true)) {
    throw problem(name, 'the list has a primary key already, and an object has only one');
  }
  const added = { ...attribute, name };
  checkAttribute(added);
  return [...facts.attributes, added];
}

const NAME_LENGTH_MAX = 400;

/**
 * Takes an attribute out of the list.
 * @throws {ConfigurationError} `invalidMapping` when there is none, when it is the key, or when a mapping writes it
 */
export function deleteAttribute(facts: AttributeListFacts, name: string): readonly TargetAttribute[] {
  const attribute = need(facts, name);
  if (attribute.anchor === true) throw problem(name, 'the primary key cannot be deleted');
  const isMapped = facts.mappedTargets.some((target) => isSame(target, name));
  if (isMapped) throw problem(name, 'a mapping has this target; delete the mapping first');
  return facts.attributes.filter((one) => one !== attribute);
}

/**
 * Changes an attribute in its place.
 * @throws {ConfigurationError} `invalidMapping` when there is none, when it is the key, or when the result contradicts itself
 */
export function changeAttribute(
  facts: AttributeListFacts,
  name: string,
  change: AttributeChange,
): readonly TargetAttribute[] {
  const attribute = need(facts, name);
  const isKeyChanged = attribute.anchor === true && (change.type !== undefined || change.multiValued !== undefined);
  if (isKeyChanged) throw problem(name, 'the primary key keeps its type');
  const { defaultValue, ...rest } = change;
  const { defaultValue: before, ...kept } = attribute;
  const next = defaultValue === undefined ? before : (defaultValue ?? undefined);
  const changed = { ...kept, ...rest, ...(next === undefined ? {} : { defaultValue: next }) };
  checkAttribute(changed);
  return facts.attributes.map((one) => (one === attribute ? changed : one));
}

function checkAttribute(attribute: TargetAttribute): void {
  const { name, type, referencedObjects, anchor, multiValued, required, mutability, defaultValue } = attribute;
  const isReference = type === 'Reference';
  if ((referencedObjects ?? []).length > 0 && !isReference) {
    throw problem(name, 'referenced objects go with the type Reference only');
  }
  if (anchor === true && multiValued === true) throw problem(name, 'a primary key has one value');
  if (required === true && mutability === 'ReadOnly') throw problem(name, 'what cannot be written cannot be required');
  if (defaultValue === undefined) return;
  if (isReference) throw problem(name, 'a reference has no default value');
  if (!fitsType(type, defaultValue)) throw problem(name, `the default value does not fit the type ${type}`);
}

function fitsType(type: TargetAttributeType, text: string): boolean {
  switch (type) {
    case 'Boolean':
      return /^(true|false)$/i.test(text);
    case 'Integer':
      return /^[+-]?\d{1,15}$/.test(text);
    default:
      return true;
  }
}

function need({ attributes }: AttributeListFacts, name: string): TargetAttribute {
  const attribute = find(attributes, name);
  if (attribute === undefined) throw problem(name, 'the list has no attribute of this name');
  return attribute;
}

function find(attributes: readonly TargetAttribute[], name: string): TargetAttribute | undefined {
  return attributes.find((one) => isSame(one.name, name));
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function problem(name: string, message: string): ConfigurationError {
  return new ConfigurationError('invalidMapping', name, message);
}
