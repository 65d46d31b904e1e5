import type { FoundAttribute } from '@lockstep/scim';

/** Canonical text of where an attribute is: `emails.value`, or with the URN in front for extensions. */
export function attributePathOf(found: FoundAttribute): string {
  const own = found.sub === undefined ? found.attribute.name : `${found.attribute.name}.${found.sub.name}`;
  return found.isExtension && found.attribute.name !== found.schemaId ? `${found.schemaId}:${own}` : own;
}
