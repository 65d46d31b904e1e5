// Writes docs/scim-conformance.md. Run it after a change to the rules of the dialects or to the wire cases.
import { writeFileSync } from 'node:fs';
import { conformancePage, conformancePageFile } from './conformance-page.ts';

writeFileSync(conformancePageFile, conformancePage());
process.stdout.write(`${conformancePageFile}\n`);
