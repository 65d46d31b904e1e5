/** Data types of RFC 7643 §2.3. */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'binary'
  | 'reference'
  | 'complex';

/** Characteristics of one attribute (RFC 7643 §7). Defaults are those of RFC 7643 §2.2, filled in by `defineAttribute`. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly canonicalValues?: readonly string[];
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  readonly returned: 'always' | 'never' | 'default' | 'request';
  readonly uniqueness: 'none' | 'server' | 'global';
  readonly referenceTypes?: readonly string[];
  /** Present on complex attributes only; a sub-attribute is never complex itself (erratum 8415). */
  readonly subAttributes?: readonly Attribute[];
}

/** A schema: a URN and its attributes (RFC 7643 §7). */
export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

/** A resource type with its core schema and extensions, with schemas in place rather than by URN (RFC 7643 §6). */
export interface ResourceType {
  readonly id: string;
  readonly name: string;
  /** Path below the base address, with its slash: `/Users`. */
  readonly endpoint: string;
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly SchemaExtension[];
}

export interface SchemaExtension {
  readonly schema: Schema;
  readonly required: boolean;
}
