// Writes docs/apps/*.md from the gallery. Run it after a change there; a test says when it was forgotten.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appGuides } from './app-guides.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'apps');
mkdirSync(folder, { recursive: true });
for (const [id, text] of appGuides()) writeFileSync(join(folder, `${id}.md`), text);
