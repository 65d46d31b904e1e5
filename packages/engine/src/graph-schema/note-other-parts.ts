import { isOutbound, type MappingPart } from './find-parts.ts';
import type { GraphFinding, GraphObjectMapping, GraphRule, GraphSchema } from './graph-schema.ts';

const KEPT = 'It is kept for the way back.';

type Note = (pointer: string, message: string, advice: string) => void;

/** Tells what of a document runs nowhere here: other rules, other object mappings, filters of cloud sync. */
export function noteOtherParts(
  document: GraphSchema,
  used: readonly (MappingPart | undefined)[],
  findings: GraphFinding[],
): void {
  const note: Note = (pointer, message, advice) => findings.push({ pointer, message, advice });
  for (const [at, rule] of document.synchronizationRules.entries()) {
    const pointer = `/synchronizationRules/${at}`;
    const name = rule.name ?? rule.id ?? `number ${at + 1}`;
    if (isOutbound(rule, document)) noteRule(rule, pointer, { used, note });
    else note(pointer, `the rule ${name} does not lead from the directory to an app, so it does not run`, KEPT);
  }
}

interface Noting {
  readonly used: readonly (MappingPart | undefined)[];
  readonly note: Note;
}

function noteRule(rule: GraphRule, pointer: string, { used, note }: Noting): void {
  if ((rule.containerFilter?.['includedContainers'] ?? null) !== null) {
    note(`${pointer}/containerFilter`, 'a filter by containers does not run', 'Use a scoping filter.');
  }
  if ((rule.groupFilter?.['includedGroups'] ?? null) !== null) {
    note(`${pointer}/groupFilter`, 'a filter by groups does not run', 'Use a scoping filter with IS MEMBER OF.');
  }
  for (const [at, mapping] of (rule.objectMappings ?? []).entries()) {
    const isUsed = used.some((part) => part?.mapping === mapping);
    noteMapping(mapping, `${pointer}/objectMappings/${at}`, { isUsed, note });
  }
}

function noteMapping(
  mapping: GraphObjectMapping,
  pointer: string,
  { isUsed, note }: { readonly isUsed: boolean; readonly note: Note },
): void {
  if (isUsed && (mapping.scope?.categoryFilterGroups ?? []).length > 0) {
    note(`${pointer}/scope/categoryFilterGroups`, 'category filters do not run', 'Use scoping filters.');
  }
  if (isUsed || mapping.enabled !== true) return;
  const kinds = `${mapping.sourceObjectName ?? ''} to ${mapping.targetObjectName ?? ''}`;
  const message = `the mapping ${mapping.name ?? ''} (${kinds}) does not run: one mapping of User and one of Group do`;
  note(pointer, message, KEPT);
}
