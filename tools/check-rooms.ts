// Checks the room table of ARCHITECTURE.md against the code: who may import whom, what a room must not touch,
// import cycles, and folder names that say nothing. Prints each offence with its place; exit code 1 when there is one.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

interface Room {
  /** Workspace packages this room may import values from. */
  readonly values: readonly string[];
  /** Workspace packages it may import types from, beside those. */
  readonly types: readonly string[];
  /** Whether `node:*` is allowed in its non-test code, and if only in some folders or files, which. */
  readonly node: boolean | readonly string[];
  /** Words its non-test code must not hold. */
  readonly forbidden: readonly RegExp[];
}

const CLOCK_AND_RANDOM = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bset(Timeout|Interval|Immediate)\b/,
  /\bcrypto\b\./,
];
const SQL = [/\b(select|insert into|delete from)\s+[\w*"]+\s/i];

/** The room table (ARCHITECTURE.md, "Rooms"). Arrows go one way. */
export const rooms: Readonly<Record<string, Room>> = {
  scim: { values: [], types: [], node: false, forbidden: CLOCK_AND_RANDOM },
  gallery: { values: [], types: ['scim'], node: false, forbidden: CLOCK_AND_RANDOM },
  engine: { values: ['scim'], types: ['gallery'], node: false, forbidden: [...CLOCK_AND_RANDOM, ...SQL] },
  provider: {
    values: ['scim'],
    types: ['gallery'],
    node: ['adapters'],
    forbidden: [...SQL, /\bDate\.now\b/, /\bMath\.random\b/],
  },
  store: { values: ['scim'], types: ['engine', 'provider'], node: true, forbidden: [] },
  connectors: { values: ['scim'], types: ['engine'], node: true, forbidden: SQL },
  checker: { values: ['scim'], types: [], node: ['faulty-server/start-faulty-server.ts'], forbidden: [] },
  lockstep: {
    values: ['scim', 'gallery', 'engine', 'provider', 'store', 'connectors', 'checker'],
    types: [],
    node: true,
    forbidden: [/from '@lockstep\/console/],
  },
  console: { values: ['engine'], types: ['lockstep'], node: false, forbidden: [] },
};

const EMPTY_NAMES = new Set(['utils', 'util', 'helpers', 'common', 'shared', 'misc', 'types', 'core', 'lib']);
const IMPORT = /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/g;

interface Import {
  readonly isType: boolean;
  readonly target: string;
}

const root = normalize(join(import.meta.dirname, '..'));
const offences: string[] = [];
const files = globSync('packages/*/{src,contract}/**/*.{ts,tsx}', { cwd: root }).sort();
const graph = new Map<string, readonly string[]>();

for (const file of files) checkFile(file);
for (const cycle of findCycles(graph)) offences.push(`import cycle: ${cycle.join(' -> ')}`);

if (offences.length > 0) {
  process.stderr.write(`${offences.join('\n')}\n${offences.length} offence(s) against the room table\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`rooms: ${files.length} files, arrows one way, no import cycle\n`);
}

function checkFile(file: string): void {
  const [, roomName = '', , ...rest] = file.split('/');
  const room = rooms[roomName];
  if (room === undefined) {
    offences.push(`${file}: package ${roomName} is not in the room table`);
    return;
  }
  for (const folder of rest.slice(0, -1)) {
    if (EMPTY_NAMES.has(folder)) offences.push(`${file}: a folder called ${folder} says nothing`);
  }
  const text = readFileSync(join(root, file), 'utf8');
  const imports = readImports(text);
  graph.set(file, localTargets(file, imports));
  const isTest = /\.test\.tsx?$/.test(file) || file.includes('/contract/');
  if (isTest) return;
  for (const found of imports) checkImport({ file, roomName, room, found, rest });
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  for (const word of room.forbidden) {
    if (word.test(code)) offences.push(`${file}: holds ${word}, which its room must not touch`);
  }
}

interface SeenImport {
  readonly file: string;
  readonly roomName: string;
  readonly room: Room;
  readonly found: Import;
  readonly rest: readonly string[];
}

function checkImport(seen: SeenImport): void {
  const offence = packageOffence(seen) ?? nodeOffence(seen) ?? pathOffence(seen);
  if (offence !== undefined) offences.push(`${seen.file}: ${offence}`);
}

function packageOffence({ roomName, room, found }: SeenImport): string | undefined {
  const ours = /^(?:@lockstep\/([\w-]+)|(lockstep)(?:\/|$))/
    .exec(found.target)
    ?.slice(1)
    .find((name) => name !== undefined);
  if (ours === undefined || ours === roomName || room.values.includes(ours)) return undefined;
  if (found.isType && room.types.includes(ours)) return undefined;
  return `${roomName} must not import ${found.isType ? 'types' : 'values'} of ${ours}`;
}

function nodeOffence({ roomName, room, found, rest }: SeenImport): string | undefined {
  if (!found.target.startsWith('node:') || room.node === true) return undefined;
  if (room.node !== false && (room.node.includes(rest[0] ?? '') || room.node.includes(rest.join('/'))))
    return undefined;
  return `${roomName} must not import ${found.target}`;
}

function pathOffence({ file, roomName, found }: SeenImport): string | undefined {
  if (!found.target.startsWith('.') || localFile(file, found.target).startsWith(`packages/${roomName}/`))
    return undefined;
  return `reaches into another package by path (${found.target})`;
}

function readImports(text: string): readonly Import[] {
  return [...text.matchAll(IMPORT)].map((match) => ({ isType: match[1] !== undefined, target: match[2] ?? '' }));
}

/** Files of the same package that a file needs at run time; type imports make no cycle. */
function localTargets(file: string, imports: readonly Import[]): readonly string[] {
  return imports
    .filter((found) => !found.isType && found.target.startsWith('.'))
    .map((found) => localFile(file, found.target))
    .filter((target) => existsSync(join(root, target)));
}

function localFile(file: string, target: string): string {
  return relative(root, normalize(join(root, dirname(file), target)));
}

/** Depth-first search with colours; each cycle is reported once, from where it closes. */
function findCycles(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const done = new Set<string>();
  const path: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): void => {
    const at = path.indexOf(node);
    if (at >= 0) found.push([...path.slice(at), node]);
    if (at >= 0 || done.has(node)) return;
    path.push(node);
    for (const next of edges.get(node) ?? []) visit(next);
    path.pop();
    done.add(node);
  };
  for (const node of edges.keys()) visit(node);
  return found;
}
