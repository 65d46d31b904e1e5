// Builds the console when its sources are newer than what was built last, told by a hash over them. Runs after `npm ci`
// and before `npm start` and the browser tests.
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const stampFile = join(folder, 'dist', 'stamp');
/** What the result depends on: the console's own files, the parts of the engine it carries, and the versions of the libraries. */
const INPUTS = [
  'src/**/*',
  'index.html',
  'package.json',
  'vite.config.ts',
  '../engine/src/**/*.ts',
  '../scim/src/**/*.ts',
];

await main();

async function main(): Promise<void> {
  const stamp = hashOf(INPUTS.flatMap((pattern) => globSync(pattern, { cwd: folder, withFileTypes: true })));
  if (readStamp() === stamp) return;
  const vite = await findVite();
  if (vite === undefined) {
    process.stderr.write(
      'The console is not built: its build tools are not installed (npm ci without --omit=dev brings them).\n',
    );
    return;
  }
  await vite.build({ configFile: join(folder, 'vite.config.ts'), logLevel: 'warn' });
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(stampFile, stamp);
}

async function findVite(): Promise<typeof import('vite') | undefined> {
  try {
    return await import('vite');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function readStamp(): string | undefined {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    // Nothing was built yet.
    return undefined;
  }
}

function hashOf(entries: readonly { readonly parentPath: string; readonly name: string; isFile(): boolean }[]): string {
  const hash = createHash('sha256');
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file.slice(folder.length)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}
