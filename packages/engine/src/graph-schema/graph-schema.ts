import type { JsonObject } from '@lockstep/scim';

/** A key with a text, as metadata is kept (Graph `stringKeyStringValuePair`); values are often JSON themselves. */
export interface GraphPair extends JsonObject {
  readonly key: string;
  readonly value?: string | null;
}

/** Where a value comes from (Graph `attributeMappingSource`): a tree of attributes, constants and functions. */
export interface GraphSource extends JsonObject {
  readonly type?: string | null;
  readonly name?: string | null;
  /** The text of the tree. What it says counts, whatever `parameters` hold. */
  readonly expression?: string | null;
  readonly parameters?: readonly GraphParameter[] | null;
}

/** An argument of a function in a source tree. */
export interface GraphParameter extends JsonObject {
  readonly key?: string | null;
  readonly value: GraphSource | null;
}

/** One mapping row (Graph `attributeMapping`). */
export interface GraphRow extends JsonObject {
  readonly targetAttributeName: string;
  /** `null` with a default is the mapping type None. */
  readonly source?: GraphSource | null;
  readonly defaultValue?: string | null;
  readonly flowType?: string | null;
  readonly flowBehavior?: string | null;
  readonly matchingPriority?: number | null;
  readonly exportMissingReferences?: boolean | null;
}

/** A clause of a filter (Graph `filterClause`). */
export interface GraphClause extends JsonObject {
  readonly sourceOperandName: string;
  readonly operatorName: string;
  readonly targetOperand?: GraphOperand | null;
}

/** What a clause compares with. */
export interface GraphOperand extends JsonObject {
  readonly values?: readonly string[] | null;
}

/** Clauses that must all hold (Graph `filterGroup`). */
export interface GraphFilterGroup extends JsonObject {
  readonly name?: string | null;
  readonly clauses?: readonly GraphClause[] | null;
}

/** Who is in scope (Graph `filter`): one group of a list is enough. */
export interface GraphFilter extends JsonObject {
  readonly groups?: readonly GraphFilterGroup[] | null;
  readonly inputFilterGroups?: readonly GraphFilterGroup[] | null;
  readonly categoryFilterGroups?: readonly GraphFilterGroup[] | null;
}

/** How one kind of object becomes another (Graph `objectMapping`). */
export interface GraphObjectMapping extends JsonObject {
  readonly name?: string | null;
  readonly enabled?: boolean | null;
  /** Words with commas, with or without blanks behind them: `Add,Update,Delete`. */
  readonly flowTypes?: string | null;
  readonly sourceObjectName?: string | null;
  readonly targetObjectName?: string | null;
  readonly scope?: GraphFilter | null;
  readonly attributeMappings?: readonly GraphRow[] | null;
  readonly metadata?: readonly GraphPair[] | null;
}

/** One direction between two directories (Graph `synchronizationRule`). */
export interface GraphRule extends JsonObject {
  readonly id?: string | null;
  readonly name?: string | null;
  /** Lowest first. */
  readonly priority?: number | null;
  readonly editable?: boolean | null;
  readonly sourceDirectoryName?: string | null;
  readonly targetDirectoryName?: string | null;
  readonly objectMappings?: readonly GraphObjectMapping[] | null;
  readonly metadata?: readonly GraphPair[] | null;
  readonly containerFilter?: JsonObject | null;
  readonly groupFilter?: JsonObject | null;
}

/** One row of an attribute list (Graph `attributeDefinition`). */
export interface GraphAttribute extends JsonObject {
  readonly name: string;
  readonly type?: string | null;
  readonly anchor?: boolean | null;
  readonly caseExact?: boolean | null;
  readonly multivalued?: boolean | null;
  readonly required?: boolean | null;
  readonly mutability?: string | null;
  readonly flowNullValues?: boolean | null;
  readonly defaultValue?: string | null;
  readonly referencedObjects?: readonly GraphReference[] | null;
  readonly apiExpressions?: readonly GraphPair[] | null;
  readonly metadata?: readonly GraphPair[] | null;
}

/** A kind of object that a reference points to (Graph `referencedObject`). */
export interface GraphReference extends JsonObject {
  readonly referencedObjectName: string;
  readonly referencedProperty?: string | null;
}

/** A kind of object with its attributes (Graph `objectDefinition`). */
export interface GraphObjectDefinition extends JsonObject {
  readonly name: string;
  readonly attributes?: readonly GraphAttribute[] | null;
  readonly metadata?: readonly GraphPair[] | null;
}

/** A system that takes part (Graph `directoryDefinition`). */
export interface GraphDirectory extends JsonObject {
  readonly id?: string | null;
  readonly name: string;
  readonly objects?: readonly GraphObjectDefinition[] | null;
}

/**
 * Microsoft Graph's `synchronizationSchema`, as the portal exports it and `GET .../jobs/{id}/schema` answers it. Keys that are
 * not named here are kept.
 */
export interface GraphSchema extends JsonObject {
  readonly version?: string | null;
  readonly synchronizationRules: readonly GraphRule[];
  readonly directories?: readonly GraphDirectory[] | null;
}

/** Something in a schema that does not run here as it stands. */
export interface GraphFinding {
  /** JSON pointer (RFC 6901) to it. */
  readonly pointer: string;
  /** What it is and what happens with it. */
  readonly message: string;
  /** What the administrator can do. */
  readonly advice: string;
}

/** One wrong place in a schema. */
export interface GraphIssue {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly message: string;
}

/** A document that is no `synchronizationSchema`. Each wrong place is told, 100 at most. */
export class GraphSchemaError extends Error {
  override readonly name = 'GraphSchemaError';
  readonly issues: readonly GraphIssue[];

  constructor(issues: readonly GraphIssue[]) {
    const [first] = issues;
    super(first === undefined ? 'the schema cannot be read' : `${first.pointer || '/'}: ${first.message}`);
    this.issues = issues;
  }
}

/** Name of the identity platform's side in every schema. */
export const ENTRA_DIRECTORY = 'Azure Active Directory';
