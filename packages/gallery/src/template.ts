/** Where the value of a target attribute comes from (the four mapping types of Entra's mapping editor). */
export type MappingSource =
  /** Direct: a copy of one source attribute. */
  | { readonly kind: 'attribute'; readonly name: string }
  /** Constant: the same text for everybody. */
  | { readonly kind: 'constant'; readonly value: string }
  /** Expression: text of the mapping expression language, at most 10,000 characters. */
  | { readonly kind: 'expression'; readonly text: string }
  /** None: the target is left alone, except that an empty one gets the default value at creation. */
  | { readonly kind: 'none' };

/**
 * When a mapping writes (Graph `attributeFlowType`). `always`: Always. `create-only`: ObjectAddOnly, Entra's "Only during
 * object creation". `multi-value-add-only` and `value-add-only`: MultiValueAddOnly and ValueAddOnly, values are added and
 * never taken away; a single value is written as with `always`, but never cleared. `attribute-add-only`: AttributeAddOnly,
 * only where the account has no value.
 */
export type FlowType = 'always' | 'create-only' | 'multi-value-add-only' | 'value-add-only' | 'attribute-add-only';

/** One row of the mapping table: how one target attribute gets its value. */
export interface AttributeMapping {
  /** SCIM path text such as `userName` or `emails[type eq "work"].value`. Unique inside one object mapping. */
  readonly target: string;
  readonly source: MappingSource;
  /** Used when the source evaluates to null; when, says `defaultOn`. */
  readonly defaultValue?: string;
  /** Default `create`, as Entra (Entra docs "Customize application attributes"). */
  readonly defaultOn?: 'create' | 'create-and-update';
  readonly apply: FlowType;
  /**
   * Graph `attributeFlowBehavior`. Default `when-changed`: only a difference is sent (FlowWhenChanged). `always`: sent each
   * time the object is looked at, even when the account is equal (FlowAlways).
   */
  readonly flowBehavior?: 'when-changed' | 'always';
  /**
   * Default false, as Entra: a null source leaves what the app has (rule MAP-1). True: the target attribute is taken out of
   * the account when the source is null. Not for required targets.
   */
  readonly clearWhenNull?: boolean;
  /** `false`: the row is kept, but does not run. Default true. */
  readonly enabled?: boolean;
  /** Above 0: existing accounts are looked up by this attribute, lowest number first. */
  readonly matchingPrecedence?: number;
  /** Graph's internal flag, kept for the way back; nothing here reads it. */
  readonly exportMissingReferences?: boolean;
}

/** Operators of a scoping filter, spelt as in lockstep.yaml and in the Graph schema. */
export type ScopeOperator =
  | 'EQUALS'
  | 'NOT EQUALS'
  | 'REGEX MATCH'
  | 'NOT REGEX MATCH'
  | 'IS NULL'
  | 'IS NOT NULL'
  | 'IS TRUE'
  | 'IS FALSE'
  | 'GREATER_THAN'
  | 'GREATER_THAN_OR_EQUALS'
  | 'INCLUDES'
  | 'ENDS_WITH'
  /** The person is a direct member of the group whose objectId is the value. */
  | 'IS MEMBER OF'
  | 'IS NOT MEMBER OF';

/**
 * One condition on a source attribute. IS NULL, IS NOT NULL, IS TRUE and IS FALSE take no value; all others need one. The
 * two group operators go with the attribute `memberOf`.
 */
export interface ScopeClause {
  readonly attribute: string;
  readonly operator: ScopeOperator;
  readonly value?: string;
  /** Whether all values of a multi-valued attribute must pass, or any one is enough. Default `all`, as Graph's operators. */
  readonly comparison?: 'all' | 'any';
  /** An absent or empty value passes too. Default false: it fails every clause but IS NULL (rule SCOPE-7). */
  readonly orEmpty?: boolean;
}

/** Several conditions of which one is enough. */
export interface AnyCondition {
  readonly any: readonly ScopeCondition[];
}

/** Several conditions that must all hold. */
export interface AllCondition {
  readonly all: readonly ScopeCondition[];
}

/** A clause, or a group of conditions in its place. Groups are an extension: Entra nests nothing. */
export type ScopeCondition = ScopeClause | AnyCondition | AllCondition;

/** A scoping filter. Its conditions must all hold; of several filters one is enough. */
export interface ScopeFilter {
  readonly title: string;
  readonly clauses: readonly ScopeCondition[];
}

/** Entra's "target object actions". A disable is an update. */
export interface TargetActions {
  readonly create: boolean;
  readonly update: boolean;
  readonly delete: boolean;
}

/** Type of a target attribute (Graph `attributeType`). */
export type TargetAttributeType = 'String' | 'Boolean' | 'Integer' | 'Reference' | 'DateTime' | 'Binary';

/**
 * Who may write a target attribute and when (Graph `mutability`). `ReadOnly`: it cannot be the target of a mapping.
 * `Immutable`: written at creation only. `WriteOnly`: never answered, so never compared.
 */
export type TargetMutability = 'ReadWrite' | 'ReadOnly' | 'Immutable' | 'WriteOnly';

/** One row of the target attribute list (Graph `attributeDefinition`). A flag that is absent is off. */
export interface TargetAttribute {
  readonly name: string;
  readonly type: TargetAttributeType;
  readonly multiValued?: boolean;
  readonly required?: boolean;
  /** `false`: a difference in letter case alone is no change. Absent: it is one, and gets written. */
  readonly caseExact?: boolean;
  /** The app can be asked for this attribute; only such attributes may be matching attributes. */
  readonly filterable?: boolean;
  /** The app's own key of the object, one for each kind of object. It belongs to the app and cannot be mapped (rule MAP-4). */
  readonly anchor?: boolean;
  /** Default `ReadWrite`. */
  readonly mutability?: TargetMutability;
  /** Takes the place of a missing value when the attribute is required (rule MAP-3). */
  readonly defaultValue?: string;
  /** Graph's flag for inbound apps, kept for the way back: here `clearWhenNull` of the mapping decides alone. */
  readonly flowNullValues?: boolean;
  /** Kinds of objects a `Reference` points to. */
  readonly referencedObjects?: readonly ReferencedObject[];
  /** Where a connector finds the value, such as an XPath or JSONPath. Kept; SCIM needs none. */
  readonly apiExpressions?: readonly NamedText[];
  readonly metadata?: readonly NamedText[];
}

/** A kind of object that a reference points to (Graph `referencedObject`). */
export interface ReferencedObject {
  readonly referencedObjectName: string;
  readonly referencedProperty?: string | null;
}

/** A text with a name (Graph `stringKeyStringValuePair`). */
export interface NamedText {
  readonly key: string;
  readonly value: string | null;
}

/** How one kind of directory object becomes an object of the app. */
export interface ObjectMapping {
  readonly objectType: 'user' | 'group';
  /** Users cannot be switched off; groups can. */
  readonly enabled: boolean;
  readonly actions: TargetActions;
  readonly mappings: readonly AttributeMapping[];
  /** No filter at all lets everybody pass. */
  readonly filters: readonly ScopeFilter[];
  /**
   * Filters at reading: an object that fails them is not seen at all, so that nothing is done about it and its account is
   * left alone (rule SCOPE-6, Graph `inputFilterGroups`). Absent = everything is seen.
   */
  readonly inputFilters?: readonly ScopeFilter[];
  readonly targetAttributes: readonly TargetAttribute[];
}

/** One step of a set-up guide, as the console shows it. */
export interface SetupStep {
  readonly title: string;
  readonly text: string;
}

/** What the administrator types to connect the app, and where to find it. */
export interface ConnectionGuide {
  /** Shown below the Tenant URL field. */
  readonly tenantUrlHint: string;
  /** How the address ends at the app, from its own base address on. */
  readonly tenantUrlEnding: string;
  /** What the app calls the secret token. */
  readonly tokenLabel: string;
  /** Where and by whom the token is made. */
  readonly tokenHint: string;
  /** Shown when Test Connection is refused for its credentials. */
  readonly testFailureHint: string;
}

/** App roles, when the app takes any. */
export interface RoleGuide {
  /** The target attribute list must hold it as multi-valued. */
  readonly target: string;
  readonly expression: string;
  readonly text: string;
}

/** Engine side of an app: everything a new job starts with. */
export interface AppTemplate {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** `gallery`: picked from the gallery by name; `own`: a non-gallery app with a name of the administrator's choice. */
  readonly listing: 'gallery' | 'own';
  /** Which people a new job looks at: the assigned ones, or everybody. */
  readonly scope: 'assigned' | 'all';
  readonly connection: ConnectionGuide;
  readonly users: ObjectMapping;
  readonly groups: ObjectMapping;
  /** Absent: no roles are sent. */
  readonly roles?: RoleGuide;
  /** Whether accounts made in the app may be imported into the directory. */
  readonly importUsers: boolean;
  readonly signOn: {
    readonly need: 'recommended' | 'first' | 'only' | 'optional';
    readonly protocols: readonly ('saml' | 'oidc')[];
    readonly text: string;
  };
  /** What the app cannot do over SCIM, in words for the administrator. */
  readonly notSupported: readonly string[];
  readonly setupGuide: readonly SetupStep[];
}
