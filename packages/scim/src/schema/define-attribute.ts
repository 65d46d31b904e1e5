import type { Attribute } from './attribute.ts';

/** What an attribute needs at least; the rest takes the defaults of RFC 7643 §2.2. */
export interface AttributeDefinition extends Partial<Attribute> {
  readonly name: string;
}

/**
 * Fills in the defaults of RFC 7643 §2.2: a single, optional string that is not case exact, readable and writable,
 * returned by default, and not unique.
 */
export function defineAttribute(definition: AttributeDefinition): Attribute {
  return {
    type: 'string',
    multiValued: false,
    description: '',
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...definition,
  };
}
