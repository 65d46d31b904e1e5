#!/usr/bin/env node
// Starts the CLI under Node >= 24: under this one if it is new enough, else under the Node that npm installed beside it.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const NODE_MAJOR = 24;

if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) {
  await import('../src/cli/main.ts');
} else {
  const node = bundledNode();
  if (node === undefined) {
    process.stderr.write(
      `lockstep needs Node ${NODE_MAJOR} or newer; this is ${process.versions.node} and no newer one could be installed beside it.\n` +
        'Install Node 24 from your system or nodejs.org, or run `npm ci` without --omit=optional on Linux or Windows x64.\n',
    );
    process.exitCode = 1;
  } else {
    const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === null ? 1 : 128);
    });
  }
}

/** The Node binary that npm installed from the optional dependencies, if this platform has one. */
function bundledNode() {
  const require = createRequire(import.meta.url);
  for (const name of [`node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`]) {
    try {
      return join(
        dirname(require.resolve(`${name}/package.json`)),
        'bin',
        process.platform === 'win32' ? 'node.exe' : 'node',
      );
    } catch {
      // not installed on this platform: the caller prints what to do
    }
  }
  return undefined;
}
