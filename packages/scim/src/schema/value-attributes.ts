import type { Attribute } from './attribute.ts';
import { type AttributeDefinition, defineAttribute } from './define-attribute.ts';

/** How one multi-valued attribute differs from the default sub-attributes of RFC 7643 §2.4. */
export interface ValueAttributesDefinition {
  readonly value: Omit<AttributeDefinition, 'name'>;
  /** Suggested types; any other text is accepted too. */
  readonly types?: readonly string[];
}

/** The default sub-attributes of a multi-valued attribute (RFC 7643 §2.4): value, display, type, primary. */
export function valueAttributes(definition: ValueAttributesDefinition): readonly Attribute[] {
  return [
    defineAttribute({ name: 'value', ...definition.value }),
    defineAttribute({ name: 'display', description: 'Name of the value, to show to people.' }),
    defineAttribute({
      name: 'type',
      description: 'What the value is used for.',
      ...(definition.types === undefined ? {} : { canonicalValues: definition.types }),
    }),
    defineAttribute({
      name: 'primary',
      type: 'boolean',
      description: 'Whether this is the preferred value; true at most once.',
    }),
  ];
}
