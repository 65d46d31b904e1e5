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

/** One row of the mapping table: how one target attribute gets its value. */
export interface AttributeMapping {
  /** SCIM path text such as `userName` or `emails[type eq "work"].value`. Unique inside one object mapping. */
  readonly target: string;
  readonly source: MappingSource;
  /** Used when the source evaluates to null, at creation only (Entra docs "Customize application attributes"). */
  readonly defaultValue?: string;
  /** `create-only` is Entra's "Only during object creation" (ObjectAddOnly). */
  readonly apply: 'always' | 'create-only';
  /** Above 0: existing accounts are looked up by this attribute, lowest number first. */
  readonly matchingPrecedence?: number;
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
  | 'ENDS_WITH';

/** One condition on a source attribute. Operators that start with `IS` take no value; all others need one. */
export interface ScopeClause {
  readonly attribute: string;
  readonly operator: ScopeOperator;
  readonly value?: string;
}

/** A scoping filter. Its clauses must all hold; of several filters one is enough. */
export interface ScopeFilter {
  readonly title: string;
  readonly clauses: readonly ScopeClause[];
}

/** Entra's "target object actions". A disable is an update. */
export interface TargetActions {
  readonly create: boolean;
  readonly update: boolean;
  readonly delete: boolean;
}

/** One row of the target attribute list. A flag that is absent is off. */
export interface TargetAttribute {
  readonly name: string;
  readonly type: 'String' | 'Boolean' | 'Integer' | 'Reference' | 'DateTime' | 'Binary';
  readonly multiValued?: boolean;
  readonly required?: boolean;
  /** `false`: a difference in letter case alone is no change. Absent: it is one, and gets written. */
  readonly caseExact?: boolean;
  /** The app can be asked for this attribute; only such attributes may be matching attributes. */
  readonly filterable?: boolean;
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
