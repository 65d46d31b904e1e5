// Writes docs/expressions.md from the functions. Run it after a change there; a test says when it was forgotten.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expressionPage } from './expression-page.ts';

writeFileSync(join(import.meta.dirname, '..', 'docs', 'expressions.md'), expressionPage());
