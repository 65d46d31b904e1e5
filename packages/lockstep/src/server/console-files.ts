import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** One answer: what a browser gets for a file of the console. */
export interface ConsoleAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The console's files, held in memory. */
export interface ConsoleFiles {
  /** A file by its path, such as `/assets/main-1a2b.js`; packed when the browser takes it. `undefined` when there is none. */
  file(path: string, acceptEncoding: string | undefined): ConsoleAnswer | undefined;
  /** The one page, for every address that is a screen. */
  page(): ConsoleAnswer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
};

const NONCE_PLACE = '__CSP_NONCE__';

/** The editor puts its style sheet into the page under the nonce; nothing else may bring style or script along. */
function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Reads the built console; `undefined` when it was not built. */
export function readConsole(folder: string | undefined = builtFolder()): ConsoleFiles | undefined {
  const html = folder === undefined ? undefined : readOrNothing(join(folder, 'index.html'));
  if (folder === undefined || html === undefined) return undefined;
  const files = new Map(listFiles(folder).map((path) => [path, packed(join(folder, path), path)]));
  const parts = html.toString('utf8').split(NONCE_PLACE);
  return {
    file: (path, acceptEncoding) => files.get(path)?.(acceptEncoding ?? ''),
    page: () => {
      const nonce = randomBytes(16).toString('base64url');
      const headers = {
        ...SECURITY_HEADERS,
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policyOf(nonce),
        'cache-control': 'no-store',
      };
      return { headers, body: Buffer.from(parts.join(nonce)) };
    },
  };
}

function builtFolder(): string | undefined {
  try {
    return join(dirname(fileURLToPath(import.meta.resolve('@lockstep/console/package.json'))), 'dist');
  } catch {
    // The package is not installed: the server runs without a console.
    return undefined;
  }
}

function listFiles(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined)
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'));
}

/** Packs a file at the first request that takes it packed, and keeps it. */
function packed(file: string, path: string): (acceptEncoding: string) => ConsoleAnswer {
  const plain = readFileSync(file);
  const kept = new Map<string, Buffer>([['identity', plain]]);
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    // Names of built files carry a hash of their content.
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
  };
  return (acceptEncoding) => {
    const encoding = encodingOf(acceptEncoding);
    const body = kept.get(encoding) ?? pack(encoding, plain);
    kept.set(encoding, body);
    return { headers: encoding === 'identity' ? headers : { ...headers, 'content-encoding': encoding }, body };
  };
}

function encodingOf(acceptEncoding: string): 'br' | 'gzip' | 'identity' {
  if (/\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(acceptEncoding)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(acceptEncoding) ? 'gzip' : 'identity';
}

function pack(encoding: 'br' | 'gzip' | 'identity', plain: Buffer): Buffer {
  if (encoding === 'identity') return plain;
  if (encoding === 'gzip') return gzipSync(plain, { level: 9 });
  return brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
}

function readOrNothing(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    // Not built yet.
    return undefined;
  }
}
