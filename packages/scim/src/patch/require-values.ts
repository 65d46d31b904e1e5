import { ScimError } from '../error.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import { isWholeExtension } from '../schema/find-attribute.ts';
import type { PatchTarget } from './locate-target.ts';

/**
 * Checks that no operation left a required attribute without a value (RFC 7644 §3.5.2.2). It looks at the end of all
 * operations, so that removing and adding in one request is allowed, and only at what was touched, so that a resource
 * that lacked something before can still be changed elsewhere.
 *
 * @throws {ScimError} `mutability`, naming the attribute
 */
export function requireValues(resource: JsonObject, touched: readonly PatchTarget[]): void {
  for (const target of touched) {
    const { attribute, found, sub } = target;
    const holder = found.isExtension && !isWholeExtension(found) ? resource[found.schemaId] : resource;
    const value = isJsonObject(holder) ? holder[attribute.name] : undefined;
    if (isWholeExtension(found)) requireParts(value, attribute);
    else requireValue(value, attribute, attribute.name);
    const isPartDue = sub !== undefined && isJsonObject(value);
    if (isPartDue) requireValue(value[sub.name], sub, `${attribute.name}.${sub.name}`);
  }
}

/** An extension that is gone has no attributes to miss. */
function requireParts(extension: Json | undefined, { subAttributes = [] }: Attribute): void {
  if (!isJsonObject(extension)) return;
  for (const part of subAttributes) requireValue(extension[part.name], part, part.name);
}

function requireValue(value: Json | undefined, attribute: Attribute, name: string): void {
  if (!attribute.required || (value !== undefined && value !== '')) return;
  throw new ScimError('mutability', `${name} is required and cannot be left without a value`);
}
