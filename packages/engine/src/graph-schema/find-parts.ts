import { pointerTo } from './expect-graph-schema.ts';
import {
  ENTRA_DIRECTORY,
  type GraphDirectory,
  type GraphObjectDefinition,
  type GraphObjectMapping,
  type GraphRule,
  type GraphSchema,
} from './graph-schema.ts';

/** Where a document holds one kind of object. */
export interface MappingPart {
  readonly rule: GraphRule;
  readonly ruleIndex: number;
  readonly mapping: GraphObjectMapping;
  readonly mappingIndex: number;
  /** JSON pointer to the object mapping. */
  readonly pointer: string;
  /** The attribute list of the app's side; absent when the document has none. */
  readonly target: TargetPart | undefined;
}

/** Where a document holds an attribute list. */
export interface TargetPart {
  readonly definition: GraphObjectDefinition;
  readonly directoryIndex: number;
  readonly objectIndex: number;
  readonly pointer: string;
}

/** Stable from 2017 to 2025 in every export that was seen. */
const ENTRA_DIRECTORY_ID = '66e4a8cc-1b7b-435e-95f8-f06cea133828';
const ENTRA_NAMES: ReadonlySet<string> = new Set([
  ENTRA_DIRECTORY.toLowerCase(),
  'microsoft entra id',
  'microsoft entra',
  'azure ad',
]);

/** Whether a rule leads from the directory to an app; the others bring people in. */
export function isOutbound(rule: GraphRule, document: GraphSchema): boolean {
  return isEntra(rule.sourceDirectoryName, document) && !isEntra(rule.targetDirectoryName, document);
}

function isEntra(name: string | null | undefined, document: GraphSchema): boolean {
  if (name === null || name === undefined) return false;
  if (ENTRA_NAMES.has(name.trim().toLowerCase())) return true;
  return (document.directories ?? []).some((one) => one.id?.toLowerCase() === ENTRA_DIRECTORY_ID && one.name === name);
}

/** The object mapping that a kind of object goes by: the first that is on, of the outbound rule of lowest priority. */
export function findMapping(document: GraphSchema, sourceName: 'User' | 'Group'): MappingPart | undefined {
  const candidates = document.synchronizationRules
    .map((rule, ruleIndex) => ({ rule, ruleIndex }))
    .filter(({ rule }) => isOutbound(rule, document))
    .toSorted((one, other) => (one.rule.priority ?? 0) - (other.rule.priority ?? 0))
    .flatMap(({ rule, ruleIndex }) => {
      return (rule.objectMappings ?? []).map((mapping, mappingIndex) => ({ rule, ruleIndex, mapping, mappingIndex }));
    })
    .filter(({ mapping }) => mapping.sourceObjectName?.trim().toLowerCase() === sourceName.toLowerCase());
  const found = candidates.find(({ mapping }) => mapping.enabled === true) ?? candidates[0];
  if (found === undefined) return undefined;
  const pointer = `/synchronizationRules/${found.ruleIndex}/objectMappings/${found.mappingIndex}`;
  return { ...found, pointer, target: findTarget(document, found.rule, found.mapping) };
}

function findTarget(document: GraphSchema, rule: GraphRule, mapping: GraphObjectMapping): TargetPart | undefined {
  const directories = document.directories ?? [];
  const directoryIndex = directories.findIndex(({ name }) => name === rule.targetDirectoryName);
  const directory: GraphDirectory | undefined = directories[directoryIndex];
  const objectIndex = (directory?.objects ?? []).findIndex(({ name }) => name === mapping.targetObjectName);
  const definition = directory?.objects?.[objectIndex];
  if (definition === undefined) return undefined;
  const pointer = pointerTo(`/directories/${directoryIndex}/objects`, objectIndex);
  return { definition, directoryIndex, objectIndex, pointer };
}
