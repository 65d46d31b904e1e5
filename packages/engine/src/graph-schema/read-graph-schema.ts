import type { AttributeMapping, ObjectMapping, TargetActions, TargetAttribute } from '@lockstep/gallery';
import { findRowProblems } from '../mapping/find-row-problems.ts';
import { expectGraphSchema, pointerTo } from './expect-graph-schema.ts';
import { findMapping, type MappingPart } from './find-parts.ts';
import { type GraphNotes, readFilterGroups, writeFilterGroups } from './graph-filters.ts';
import { type GraphFinding, type GraphSchema, GraphSchemaError } from './graph-schema.ts';
import { noteOtherParts } from './note-other-parts.ts';
import { type OwnExtras, readExtras } from './own-extras.ts';
import { isSame } from './plain-mapping.ts';
import { readAttribute, readRow } from './read-rows.ts';

/** What the reader takes over where Graph says nothing: above all which attributes the app can be asked for. */
export interface GraphBase {
  readonly users?: ObjectMapping;
  readonly groups?: ObjectMapping;
}

/** A schema in the words of this engine. */
export interface GraphReading {
  /** Absent: no rule leads people from the directory to an app. */
  readonly users?: ObjectMapping;
  readonly groups?: ObjectMapping;
  /** The document as it came; `writeGraphSchema` puts changes on top of it. */
  readonly document: GraphSchema;
  /** What does not run here as it stands, with what to do. */
  readonly findings: readonly GraphFinding[];
}

/**
 * Reads a `synchronizationSchema` of Microsoft Graph, such as the portal exports (Entra docs "Export and import your provisioning
 * configuration"). The outbound rule's mappings of users and groups run; a row that cannot run here is kept switched off, and told
 * in the findings. A default that is an empty text counts as none.
 *
 * @throws {GraphSchemaError} with each wrong place
 */
export function readGraphSchema(json: unknown, base: GraphBase = {}): GraphReading {
  const document = expectGraphSchema(json);
  const notes: GraphNotes = { findings: [], issues: [] };
  const userPart = findMapping(document, 'User');
  const groupPart = findMapping(document, 'Group');
  const users = userPart && readMapping(userPart, { objectType: 'user', base: base.users, notes });
  const groups = groupPart && readMapping(groupPart, { objectType: 'group', base: base.groups, notes });
  if (notes.issues.length > 0) throw new GraphSchemaError(notes.issues);
  noteOtherParts(document, [userPart, groupPart], notes.findings);
  return {
    ...(users === undefined ? {} : { users }),
    ...(groups === undefined ? {} : { groups }),
    document,
    findings: notes.findings,
  };
}

interface Reading {
  readonly objectType: ObjectMapping['objectType'];
  readonly base: ObjectMapping | undefined;
  readonly notes: GraphNotes;
}

function readMapping(part: MappingPart, reading: Reading): ObjectMapping {
  const { objectType, base, notes } = reading;
  const { mapping, pointer } = part;
  const extras = readExtras(mapping);
  const rows = (mapping.attributeMappings ?? []).map((row) => {
    const own = extras.rows?.[row.targetAttributeName] ?? {};
    return readRow(row, own, base?.mappings);
  });
  const targetAttributes = readAttributes(part, { ...reading, rows, extras });
  const isOff = objectType === 'user' && mapping.enabled === false;
  if (isOff) {
    const message = 'the mapping of users is switched off; users cannot be switched off here, so all its actions are';
    notes.findings.push({ pointer, message, advice: 'Switch actions on when users are to be provisioned.' });
  }
  const inputFilters = readFilters(part, 'inputFilterGroups', extras.inputFilters, notes);
  const read: ObjectMapping = {
    objectType,
    enabled: objectType === 'user' || mapping.enabled !== false,
    actions: isOff ? { create: false, update: false, delete: false } : readActions(mapping.flowTypes),
    mappings: rows,
    filters: readFilters(part, 'groups', extras.filters, notes),
    ...(inputFilters.length > 0 ? { inputFilters } : {}),
    targetAttributes,
  };
  return withoutBadRows(read, pointer, notes);
}

/** What Graph's words say; absent = everything. */
function readActions(flags: string | null | undefined): TargetActions {
  if (flags === null || flags === undefined) return { create: true, update: true, delete: true };
  const words = new Set(flags.split(',').map((word) => word.trim().toLowerCase()));
  return { create: words.has('add'), update: words.has('update'), delete: words.has('delete') };
}

function readFilters(
  { mapping, pointer }: MappingPart,
  member: 'groups' | 'inputFilterGroups',
  kept: ObjectMapping['filters'] | undefined,
  notes: GraphNotes,
): ObjectMapping['filters'] {
  const place = pointerTo(pointerTo(pointer, 'scope'), member);
  const found: GraphNotes = { findings: [], issues: notes.issues };
  const read = readFilterGroups(mapping.scope?.[member], place, found);
  // The filters in the own form count as long as nobody has changed the groups beside them.
  if (kept !== undefined && isSame(readFilterGroups(writeFilterGroups(kept), place, notes), read)) return kept;
  notes.findings.push(...found.findings);
  return read;
}

function readAttributes(
  part: MappingPart,
  reading: Reading & { readonly rows: readonly AttributeMapping[]; readonly extras: OwnExtras },
): readonly TargetAttribute[] {
  const { base, notes, rows, extras } = reading;
  if (part.target === undefined) {
    const message = `there is no attribute list of ${part.mapping.targetObjectName ?? 'the target object'} in the directories`;
    const advice = 'The list of the app here stays; check it, or export the schema again with its directories.';
    notes.findings.push({ pointer: part.pointer, message, advice });
    return base?.targetAttributes ?? [];
  }
  const { definition, pointer } = part.target;
  const matching = new Set(
    rows.filter((row) => (row.matchingPrecedence ?? 0) > 0).map(({ target }) => target.toLowerCase()),
  );
  return (definition.attributes ?? []).map((attribute, at) => {
    const known = base?.targetAttributes.find(({ name }) => name.toLowerCase() === attribute.name.toLowerCase());
    const isMatching = matching.has(attribute.name.toLowerCase());
    const told =
      extras.filterable?.includes(attribute.name) ?? (known === undefined ? undefined : known.filterable === true);
    if (told === undefined && isMatching) {
      const message = `${attribute.name} is a matching attribute, so the app is taken to support filtering by it`;
      const advice = 'Make sure that it does: existing accounts are looked up by it.';
      notes.findings.push({ pointer: pointerTo(pointerTo(pointer, 'attributes'), at), message, advice });
    }
    return readAttribute(attribute, told ?? isMatching, base?.targetAttributes);
  });
}

/** Switches off the rows that cannot run, so that all others do. */
function withoutBadRows(mapping: ObjectMapping, pointer: string, notes: GraphNotes): ObjectMapping {
  const problems = new Map(findRowProblems(mapping).map(({ index, error }) => [index, error]));
  if (problems.size === 0) return mapping;
  const mappings = mapping.mappings.map((row, index) => {
    const error = problems.get(index);
    if (error === undefined) return row;
    const place = pointerTo(pointerTo(pointer, 'attributeMappings'), index);
    const message = `${error.message}; the row is kept and switched off`;
    notes.findings.push({ pointer: place, message, advice: 'Change the row, and switch it on.' });
    return { ...row, enabled: false };
  });
  return { ...mapping, mappings };
}
