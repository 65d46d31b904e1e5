import type { JobDefinition } from '@lockstep/engine';
import {
  type AttributeMapping,
  type MappingSource,
  type ObjectMapping,
  type TargetAttribute,
  templates,
} from '@lockstep/gallery';
import { LockstepError } from '../lockstep-error.ts';
import type { DeclaredApp, DeclaredMapping, DeclaredObject } from './declared-app.ts';
import { type DeclaredSettings, settingForms } from './declared-settings.ts';
import { toSettingsPart } from './job-settings.ts';

/**
 * Makes an app's job from its template and what the declaration says differs.
 *
 * @throws {LockstepError} `invalidValue` when a matching attribute is one the app cannot be asked for
 */
export function buildDefinition(id: string, declared: DeclaredApp): JobDefinition {
  const template = templates[declared.template];
  const users = overrideObject(template.users, {
    ...declared.users,
    ...(declared.filters === undefined ? {} : { filters: declared.filters }),
    ...(declared.inputFilters === undefined ? {} : { inputFilters: declared.inputFilters }),
  });
  return {
    id,
    name: declared.name,
    template: declared.template,
    tenantUrl: declared.tenantUrl,
    scope: declared.scope ?? template.scope,
    users,
    groups: overrideObject(template.groups, declared.groups ?? {}),
    ...optional('nestedGroups', declared.groups?.nested),
    ...toSettingsPart(settingsIn(declared)),
  };
}

/** A member that is there when it has a value. */
function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  // The computed key is the one name of the type; the compiler widens it to text.
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };
}

function overrideObject(template: ObjectMapping, declared: DeclaredObject): ObjectMapping {
  const { actions } = declared;
  const removed = new Set((declared.remove ?? []).map(folded));
  checkRemoved(template, declared);
  const kept = template.mappings.filter((row) => !removed.has(folded(row.target)));
  const mappings = overrideRows(kept, declared.mappings ?? []);
  const targetAttributes = overrideAttributes(template.targetAttributes, declared.attributes ?? [], mappings);
  const isEnabled = template.objectType === 'user' || (declared.enabled ?? template.enabled);
  if (isEnabled) checkMatching(mappings, targetAttributes);
  return {
    objectType: template.objectType,
    enabled: isEnabled,
    actions:
      actions === undefined
        ? template.actions
        : {
            create: actions.includes('create'),
            update: actions.includes('update'),
            delete: actions.includes('delete'),
          },
    mappings,
    filters: declared.filters ?? template.filters,
    ...optional('inputFilters', declared.inputFilters ?? template.inputFilters),
    targetAttributes,
  };
}

function checkRemoved(template: ObjectMapping, declared: DeclaredObject): void {
  const known = new Set(template.mappings.map((row) => folded(row.target)));
  const unknown = (declared.remove ?? []).find((target) => !known.has(folded(target)));
  if (unknown === undefined) return;
  const message = `remove: the template has no mapping to ${unknown}`;
  throw new LockstepError('invalidValue', message, {
    hint: `It has ${template.mappings.map((row) => row.target).join(', ')}.`,
  });
}

/**
 * Puts declared rows in the place of those with their targets, or behind the others. What a row does not name stays.
 * @throws {LockstepError} `invalidValue` when neither the row nor the one before says where the value comes from
 */
export function overrideRows(
  template: readonly AttributeMapping[],
  declared: readonly DeclaredMapping[],
): readonly AttributeMapping[] {
  const byTarget = new Map(declared.map((row) => [folded(row.target), row]));
  const known = new Set(template.map((row) => folded(row.target)));
  const rows = [
    ...template.map((row) => {
      const own = byTarget.get(folded(row.target));
      return own === undefined ? row : toMapping(own, row);
    }),
    ...declared.filter((row) => !known.has(folded(row.target))).map((row) => toMapping(row, undefined)),
  ];
  return declared.some((row) => (row.match ?? 0) > 0) ? orderMatching(rows, byTarget) : rows;
}

/** @throws {LockstepError} `invalidValue` when neither the row nor the template says where the value comes from */
function toMapping(row: DeclaredMapping, template: AttributeMapping | undefined): AttributeMapping {
  const source = toSource(row) ?? template?.source;
  if (source === undefined) {
    const message = `mappings: ${row.target} needs one of source, expression, constant and none`;
    throw new LockstepError('invalidValue', message, { hint: 'The template has no row for it to take it from.' });
  }
  const precedence = row.match ?? template?.matchingPrecedence ?? 0;
  return {
    target: template?.target ?? row.target,
    source,
    // An empty default is none.
    ...optional('defaultValue', row.default === '' ? undefined : (row.default ?? template?.defaultValue)),
    ...optional('defaultOn', row.defaultOn ?? template?.defaultOn),
    apply: row.apply ?? template?.apply ?? 'always',
    ...optional('flowBehavior', row.flowBehavior ?? template?.flowBehavior),
    ...optional('clearWhenNull', row.clearWhenNull ?? template?.clearWhenNull),
    ...optional('enabled', row.enabled ?? template?.enabled),
    ...(precedence === 0 ? {} : { matchingPrecedence: precedence }),
    ...optional('exportMissingReferences', template?.exportMissingReferences),
  };
}

function toSource(row: DeclaredMapping): MappingSource | undefined {
  if (row.source !== undefined) return { kind: 'attribute', name: row.source };
  if (row.expression !== undefined) return { kind: 'expression', text: row.expression };
  if (row.constant !== undefined) return { kind: 'constant', value: row.constant };
  return row.none === true ? { kind: 'none' } : undefined;
}

/** A declared precedence goes before the template's row of the same number; the numbers then run from 1 without gaps. */
function orderMatching(
  rows: readonly AttributeMapping[],
  declared: ReadonlyMap<string, DeclaredMapping>,
): readonly AttributeMapping[] {
  const rank = (row: AttributeMapping): number => {
    const isDeclared = declared.get(folded(row.target))?.match !== undefined;
    return (row.matchingPrecedence ?? 0) * 2 + (isDeclared ? 0 : 1);
  };
  const matching = rows.filter((row) => row.matchingPrecedence !== undefined);
  const ordered = matching.toSorted((a, b) => rank(a) - rank(b)).map((row) => row.target);
  return rows.map((row) =>
    row.matchingPrecedence === undefined ? row : { ...row, matchingPrecedence: ordered.indexOf(row.target) + 1 },
  );
}

/** Targets of mappings that no list names are texts, or lists of texts where an expression makes roles. */
function overrideAttributes(
  template: readonly TargetAttribute[],
  declared: readonly TargetAttribute[],
  mappings: readonly AttributeMapping[],
): readonly TargetAttribute[] {
  const byName = new Map<string, TargetAttribute>();
  for (const attribute of [...template, ...declared]) byName.set(folded(attribute.name), attribute);
  for (const { target } of mappings) {
    if (!byName.has(folded(target))) byName.set(folded(target), { name: target, type: 'String' });
  }
  return [...byName.values()];
}

/** Existing accounts can only be looked up by attributes the app lets filters name. */
function checkMatching(mappings: readonly AttributeMapping[], attributes: readonly TargetAttribute[]): void {
  for (const { target, matchingPrecedence, enabled } of mappings) {
    if (matchingPrecedence === undefined || enabled === false) continue;
    const attribute = attributes.find((one) => folded(one.name) === folded(target));
    if (attribute?.filterable === true) continue;
    const filterable = attributes.filter((one) => one.filterable === true).map((one) => one.name);
    const message = `${target} cannot be a matching attribute: the app cannot be asked for it`;
    throw new LockstepError('invalidValue', message, { hint: `It can be asked for ${filterable.join(', ')}.` });
  }
}

function folded(text: string): string {
  return text.toLowerCase();
}

/** What of a declaration is settings. */
function settingsIn(declared: DeclaredApp): DeclaredSettings {
  const names = new Set(Object.keys(settingForms));
  // The names left are those of the settings; going by entries forgets that.
  return Object.fromEntries(Object.entries(declared).filter(([name]) => names.has(name))) as DeclaredSettings;
}
