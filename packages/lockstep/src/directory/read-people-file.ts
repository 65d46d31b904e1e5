import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { CsvError, type Info, parse } from 'csv-parse/sync';
import { type Issue, LockstepError } from '../lockstep-error.ts';
import { findDirectoryAttribute } from './directory-schema.ts';
import { readAttributeValue } from './read-attributes.ts';

/** One person of a file, read and checked on its own. */
export interface PersonRow {
  /** Where it stands: `line 3`, or `item 3` of a JSON file. */
  readonly place: string;
  /** By Entra's names; `null` = the cell is empty. `manager` still as the file names the person. */
  readonly attributes: JsonObject;
  /** Names of groups; `undefined` = the file says nothing about groups. */
  readonly groups: readonly string[] | undefined;
}

/** What a file holds, with everything that is wrong with it. */
export interface PeopleFile {
  readonly rows: readonly PersonRow[];
  readonly issues: readonly Issue[];
}

interface Cell {
  readonly name: string;
  readonly value: Json;
  readonly place: string;
}

const GROUPS = 'groups';

/**
 * Reads people from CSV (comma, semicolon or tab; the first line names the attributes) or from a JSON list of objects.
 * Faults are collected with their line and column rather than thrown one by one.
 */
export function readPeopleFile(format: 'csv' | 'json', text: string): PeopleFile {
  return format === 'csv' ? readCsv(text) : readJson(text);
}

interface CsvRow {
  readonly record: readonly string[];
  readonly info: Info;
}

function readCsv(text: string): PeopleFile {
  const parsed = parseCsv(text);
  if (parsed.kind === 'fault') return { rows: [], issues: [parsed.issue] };
  const [header, ...body] = parsed.rows;
  if (header === undefined) return { rows: [], issues: [{ place: 'line 1', message: 'the file is empty' }] };
  const names = header.record.map((name) => name.trim());
  const issues = checkHeader(names);
  if (issues.length > 0) return { rows: [], issues };
  const rows = body.map((row) => {
    const place = `line ${lineOf(row)}`;
    if (row.record.length !== names.length) {
      issues.push({ place, message: `it has ${row.record.length} values, the first line names ${names.length}` });
    }
    const cells = names.map((name, at) => ({
      name,
      value: (row.record[at] ?? '').trim(),
      place: `${place}, column ${name}`,
    }));
    return readRow(place, cells, issues);
  });
  return { rows, issues };
}

type ParsedCsv =
  | { readonly kind: 'rows'; readonly rows: readonly CsvRow[] }
  | { readonly kind: 'fault'; readonly issue: Issue };

function parseCsv(text: string): ParsedCsv {
  try {
    const rows = parse(text, {
      bom: true,
      info: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
    });
    // With `info: true` and no `columns` the parser gives exactly this shape, which its types do not follow.
    return { kind: 'rows', rows: rows as unknown as readonly CsvRow[] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line: unknown = error['lines'];
    const place = typeof line === 'number' ? `line ${line}` : 'the file';
    return { kind: 'fault', issue: { place, message: CSV_FAULTS[error.code] ?? error.message } };
  }
}

/** What the parser finds wrong, in words for whoever made the file. */
const CSV_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote opens here and never closes',
  INVALID_OPENING_QUOTE: 'a quote stands inside a value that does not start with one',
  CSV_INVALID_CLOSING_QUOTE: 'something follows behind a closing quote',
};

/** The sign that the first line holds most of; spreadsheets of many countries write semicolons. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const first = end < 0 ? text : text.slice(0, end);
  const count = (sign: string): number => first.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** Where a row starts: the parser counts up to its end, and a quoted value may hold line breaks. */
function lineOf(row: CsvRow): number {
  const breaks = row.record.reduce((sum, value) => sum + value.split('\n').length - 1, 0);
  return row.info.lines - breaks;
}

function checkHeader(names: readonly string[]): Issue[] {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  for (const [at, name] of names.entries()) {
    const place = `line 1, column ${at + 1}`;
    const message = faultOfName(name);
    if (message !== undefined) issues.push({ place, message });
    if (seen.has(name.toLowerCase())) issues.push({ place, message: `${name} is there twice` });
    seen.add(name.toLowerCase());
  }
  return issues;
}

function faultOfName(name: string): string | undefined {
  if (name === '') return 'the column has no name';
  if (name.toLowerCase() === GROUPS) return undefined;
  const attribute = findDirectoryAttribute('User', name);
  if (attribute === undefined) return `people have no attribute ${JSON.stringify(name)}`;
  return attribute.mutability === 'readOnly' ? `${name} is kept by the directory itself` : undefined;
}

function readJson(text: string): PeopleFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { rows: [], issues: [{ place: 'the file', message: error instanceof Error ? error.message : 'no JSON' }] };
  }
  if (!isJsonArray(value))
    return { rows: [], issues: [{ place: 'the file', message: 'a list of people is expected' }] };
  const issues: Issue[] = [];
  const rows = value.flatMap((item, at) => {
    const place = `item ${at + 1}`;
    if (isJsonObject(item)) return [readRow(place, cellsOf(item, place, issues), issues)];
    issues.push({ place, message: 'an object with attributes is expected' });
    return [];
  });
  return { rows, issues };
}

function cellsOf(item: JsonObject, place: string, issues: Issue[]): readonly Cell[] {
  return Object.entries(item).flatMap(([name, value]) => {
    const message = faultOfName(name);
    if (message === undefined) return [{ name, value, place: `${place}, ${name}` }];
    issues.push({ place: `${place}, ${name}`, message });
    return [];
  });
}

function readRow(place: string, cells: readonly Cell[], issues: Issue[]): PersonRow {
  const attributes: [string, Json][] = [];
  let groups: readonly string[] | undefined;
  for (const cell of cells) {
    if (cell.name.toLowerCase() === GROUPS) {
      groups = readGroups(cell.value);
      continue;
    }
    const attribute = findDirectoryAttribute('User', cell.name);
    if (attribute === undefined) continue;
    const read = readAttributeValue(attribute, cell.value);
    if (read.kind === 'value') attributes.push([attribute.name, read.value]);
    else issues.push({ place: cell.place, message: read.message });
  }
  // Names come from the schema or fit the pattern of extensions.
  return { place, attributes: Object.fromEntries(attributes), groups };
}

function readGroups(value: Json): readonly string[] {
  const names = isJsonArray(value) ? value.map(String) : String(value ?? '').split(';');
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];
}

/** @throws {LockstepError} `invalidValue` with the first fault and all the others behind it */
export function refuseFaults(issues: readonly Issue[]): void {
  const [first] = issues;
  if (first === undefined) return;
  const more = issues.length === 1 ? '' : ` (and ${issues.length - 1} more)`;
  const message = `${first.place}: ${first.message}${more}; nothing was written`;
  throw new LockstepError('invalidValue', message, { issues: issues.slice(0, 100) });
}
