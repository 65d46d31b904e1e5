import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SwitchAnswer, SwitchCase } from '../packages/provider/contract/run-switch.ts';
import type { WireCase } from '../packages/provider/contract/wire-case.ts';
import { type DialectRuleRow, deviationFacts, dialectRuleFacts, dialectRules } from '../packages/scim/src/index.ts';

const vectors = join(import.meta.dirname, '..', 'packages', 'provider', 'src', 'vectors');

/** Where the page is kept. */
export const conformancePageFile: string = join(import.meta.dirname, '..', 'docs', 'scim-conformance.md');

const supported: readonly (readonly [string, string])[] = [
  [
    'Resources',
    'Users, Groups, the enterprise extension; extensions and resource types a tenant declares as data (RFC 7643 §3.2, §3.3, §6)',
  ],
  ['Read', 'by id and by query, `attributes` and `excludedAttributes` on every answer with a resource'],
  [
    'Query',
    'filter, sort, paging by index and by cursor (RFC 9865); `.search` per type and at the base; queries over all types',
  ],
  ['Write', 'POST, PUT with mutability, PATCH (RFC 7644 §3.5.2), DELETE'],
  [
    'Bulk',
    'POST, PUT, PATCH, DELETE; `bulkId` forward and circular; `failOnErrors`; 1,000 operations and 1 MiB by default',
  ],
  ['Versions', '`ETag`, `If-Match`, `If-None-Match`; `version` in bulk'],
  ['Discovery', '`/ServiceProviderConfig`, `/Schemas`, `/ResourceTypes`, true to the tenant'],
  [
    'Not offered',
    '`/Me` answers 501: a token stands for an application, not for a person. Passwords are read and never kept.',
  ],
];

/** The page on what of the protocol is kept, made from the rules of the dialects and the cases they are tested with. */
export function conformancePage(): string {
  // The files are data of the repository in these very shapes; the tests of the provider run every row and hold the list of open cases true.
  const switches = JSON.parse(readFileSync(join(vectors, 'switches.json'), 'utf8')) as readonly SwitchCase[];
  const cases = JSON.parse(readFileSync(join(vectors, 'wire.json'), 'utf8')) as readonly WireCase[];
  const open = JSON.parse(readFileSync(join(vectors, 'open-cases.json'), 'utf8')) as Readonly<Record<string, string>>;
  return `# SCIM conformance

Written by \`node tools/write-conformance.ts\` from the rules and test vectors of the repository; do not edit it by hand.

## What there is

${table(['part', 'what is kept'], supported)}

## Dialects

A tenant is \`lenient\` by default: it takes what real clients send beside the RFCs, rule by rule, and counts each use per
token. A \`strict\` tenant answers as the RFCs ask.

${table(
  ['no.', 'rule', 'lenient', 'strict', 'source'],
  dialectRules.map((rule) => ruleRow(rule, switches)),
)}

Whatever the dialect:

${table(
  ['what', 'answer'],
  switches.filter(isFixed).map((one) => [one.switch.replace(/^never: /, ''), answerText(one.strict)]),
)}

What else is told about a request, though no dialect refuses it:

${table(
  ['what', 'answer'],
  oddities.map(([name, facts]) => [`${facts.name} (\`${name}\`)`, `${facts.reason} ${facts.rfc}`]),
)}

## What a client can do

The log of requests of a provider names each of these, and says what whoever runs the client can do about it.

${table(
  ['deviation', 'departs from', 'what to do'],
  Object.entries(deviationFacts).map(([name, { rfc, remedy }]) => [`\`${name}\``, rfc, remedy]),
)}

## Wire cases

What clients send and what they have to hear, run against the provider in both dialects. Each case holds, but for the list below.

${table(
  ['family', 'lenient', 'strict', 'client', 'must', 'should', 'info'],
  [...familiesOf(cases)].map(([family, own]) => familyRow(family, own)),
)}

## Departures by case

${table(['case', 'reason'], Object.entries(open))}
`;
}

/** What is told in every dialect. */
const oddities = Object.entries(deviationFacts).filter(([name]) => !(name in dialectRuleFacts));

function isFixed(one: SwitchCase): boolean {
  return one.switch.startsWith('never: ');
}

function ruleRow(rule: DialectRuleRow, switches: readonly SwitchCase[]): readonly string[] {
  const own = switches.find((one) => one.switch === rule.rule);
  if (own === undefined) throw new Error(`switches.json has no row for the rule ${rule.rule}`);
  const lenient = `${answerText(own.lenient)}. ${rule.reason}`;
  return [String(rule.number), `${rule.name} (\`${rule.rule}\`)`, lenient, answerText(own.strict), rule.source];
}

function answerText({ status, scimType, holds, lacks }: SwitchAnswer): string {
  const type = scimType === undefined ? '' : ` ${scimType}`;
  const shown = holds === undefined ? '' : `, with \`${holds}\``;
  const hidden = lacks === undefined ? '' : `, without \`${lacks}\``;
  return `${status}${type}${shown}${hidden}`;
}

function familiesOf(cases: readonly WireCase[]): ReadonlyMap<string, readonly WireCase[]> {
  return Map.groupBy(cases, ({ id }) => id.replace(/-?[a-z]?\d+$/, ''));
}

function familyRow(family: string, cases: readonly WireCase[]): readonly string[] {
  const inDialect = (dialect: string): number =>
    cases.filter(({ profile }) => profile === 'both' || profile === dialect).length;
  const ofLevel = (level: string): number => cases.filter((one) => one.level === level).length;
  const counts = [inDialect('lenient'), inDialect('strict'), ...['client', 'must', 'should', 'info'].map(ofLevel)];
  return [family, ...counts.map(String)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
