import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Version and licence of this software, as its package says. */
export const product: { readonly version: string; readonly licence: string } = readProduct();

function readProduct(): { readonly version: string; readonly licence: string } {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8');
  // The package's own description, which holds both.
  const { version, license } = JSON.parse(text) as { readonly version: string; readonly license: string };
  return { version, licence: license };
}
