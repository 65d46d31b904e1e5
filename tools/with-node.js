// Runs a TypeScript file of this repository, or says what is missing: npm scripts start here, so that a machine without a
// new enough Node gets a sentence instead of a syntax error.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const NODE_MAJOR = 24;
const script = process.argv[2] ?? '';

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) {
  process.stderr.write(
    `Lockstep needs Node ${NODE_MAJOR} or newer; this is ${process.versions.node}, and npm has brought no newer one along.\n` +
      'Run `npm ci` without --omit=optional on Linux or Windows x64, or install Node 24 or newer.\n',
  );
  process.exitCode = 1;
} else {
  process.argv.splice(1, 2, resolve(script));
  await import(pathToFileURL(resolve(script)).href);
}
