import type { ScimErrorCode } from '@lockstep/scim';
import type { PortalPage } from './portal.ts';
import type { SetupStep } from './template.ts';

/** The four things a client may do with a resource. */
export type ResourceAction = 'create' | 'read' | 'update' | 'delete';

/** What a client may do with one resource type. */
export type AllowedActions = Readonly<Record<ResourceAction, boolean>>;

/** What the app keeps of one resource type. */
export interface ResourceRules {
  readonly enabled: true;
  /**
   * Paths that are kept and answered; everything else a client sends is read and left out.
   * `id`, `meta` and `schemas` always exist. `all`: whatever the schemas define.
   */
  readonly attributes: 'all' | readonly string[];
  /** Paths a create or replace must carry. `userName` and a group's `displayName` only: no name, mail or display name of a user. */
  readonly required: readonly string[];
  /** Paths a filter may name, besides `id` and `meta`. `all`: every served one. */
  readonly filterable: 'all' | readonly string[];
  /** Paths whose value no second resource of the tenant may have, compared without regard to case. */
  readonly unique: readonly string[];
  readonly actions: AllowedActions;
}

/** A resource type the app does not have: its endpoint answers with the refusal `noGroups`. */
export interface AbsentResource {
  readonly enabled: false;
}

/** How an account that exists in the app becomes a directory-led one. */
export type LinkingRule =
  /** A create that meets an existing account is refused as a duplicate. */
  | { readonly by: 'none' }
  /** A create whose e-mail address belongs to exactly one unlinked account takes that account over. */
  | {
      readonly by: 'email';
      /** What the user name of a linked account becomes. */
      readonly userNameBecomes: 'email';
      /** From the link on the app refuses to change what the directory sends. */
      readonly directoryLeads: true;
    };

/** How the app keeps roles. */
export type RoleRule =
  | { readonly kind: 'none' }
  /** Roles are kept as SCIM sends them. */
  | { readonly kind: 'as-sent' }
  /** Roles live in a list of the app; a role value must equal a listed name exactly. */
  | {
      readonly kind: 'listed';
      /** Roles a new tenant starts with; the list can be edited in the app. */
      readonly names: readonly string[];
      /** Splits one value into several role names. */
      readonly separator: ',';
      readonly namesHoldSpaces: false;
    };

/** Who may make a token for a tenant, and what the app calls it. */
export interface TokenRule {
  /**
   * `self-service`: a button in the app. `operator`: the vendor's support on request. `api-key`: the API key in the profile
   * of a user with administration rights.
   */
  readonly kind: 'self-service' | 'operator' | 'api-key';
  readonly label: string;
  /** Always true: a token is shown when it is made and never again. */
  readonly shownOnce: true;
  readonly hint: string;
}

/** A refusal in the app's own words. */
export interface RefusalText {
  readonly code: ScimErrorCode;
  /** Public: it goes into `detail`. */
  readonly text: string;
}

/** Situations an app answers with its own words. */
export type RefusalCase =
  | 'createUser'
  | 'updateUser'
  | 'deleteUser'
  | 'noGroups'
  | 'fixedAccount'
  | 'unknownRole'
  | 'roleNameWithSpace'
  | 'lastAdministrator'
  | 'provisioningOff'
  | 'notFilterable'
  | 'duplicateUser'
  | 'duplicateGroup'
  | 'missingToken'
  | 'wrongToken';

/** What a field of a connection page holds. */
export type ConnectionFieldId =
  | 'clientId'
  | 'directoryTenantId'
  | 'clientSecret'
  | 'privateKey'
  | 'certificateThumbprint'
  | 'issuer'
  | 'redirectUrl'
  | 'tenantId'
  | 'accessKey'
  | 'idpEntityId'
  | 'idpSsoUrl'
  | 'idpCertificates'
  | 'allowsIdpInitiated'
  | 'entityId'
  | 'acsUrl'
  | 'metadataUrl';

/** One field of the app's connection page. */
export interface ConnectionField {
  readonly id: ConnectionFieldId;
  readonly label: string;
  /** `in`: typed by the administrator; `out`: shown to be copied. */
  readonly direction: 'in' | 'out';
  readonly required: boolean;
  /** Secret fields are kept encrypted and never shown again. */
  readonly secret: boolean;
  /** The field has an expiry date beside it, watched by the product. */
  readonly expires: boolean;
  readonly hint: string;
  /** What an empty field stands for; `{id}` names another field. */
  readonly fallback?: string;
  /** Several lines. */
  readonly multiline?: boolean;
  /** A box to tick. */
  readonly isSwitch?: boolean;
}

/** Sign-in to the app with the directory identity. */
export interface SignInRule {
  readonly protocols: readonly ('saml' | 'oidc')[];
  /**
   * `optional`; `recommended`; `first`: must be set up before provisioning; `only`: once active there is no other way in.
   */
  readonly need: 'optional' | 'recommended' | 'first' | 'only';
  /** Delegated permissions the app asks the directory for. */
  readonly permissions: readonly string[];
  readonly text: string;
}

/** Provider side of an app: how its SCIM service behaves. An app differs from others by this data alone. */
export interface AppProfile {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Path below the server's own address, always written here with both slashes at the ends. */
  readonly basePath: string;
  /** The tenant's id follows `basePath`. Otherwise the token names the tenant. */
  readonly tenantInPath: boolean;
  /** What the app calls the id in the path. */
  readonly tenantIdLabel: string;
  /** What such an id looks like. Default: letters and digits. */
  readonly tenantIdForm?: 'number';
  /** How the Tenant URL is shown. Requests work with and without the slash. */
  readonly trailingSlash: boolean;
  /** Plan or edition a customer needs; absent: every one. */
  readonly plan?: string;
  readonly users: ResourceRules;
  readonly groups: ResourceRules | AbsentResource;
  /**
   * A lenient tenant takes an extension it does not know as declared, with the types of the values that came first, so that
   * what a directory's custom attributes hold is kept. Default: unknown extensions are ignored.
   */
  readonly learnsExtensions?: true;
  /** What DELETE of a user does: the account goes, or stays as an inactive one. */
  readonly removal: 'delete' | 'deactivate';
  readonly linking: LinkingRule;
  /** User names of accounts that are never linked, listed, changed or deleted over SCIM. */
  readonly fixedAccounts: readonly string[];
  readonly roles: RoleRule;
  readonly token: TokenRule;
  /** Whether a provider of this app may be limited to addresses. */
  readonly addressRestriction: boolean;
  /** A refusal that is absent is answered in the provider's own words. */
  readonly refusals: Readonly<Partial<Record<RefusalCase, RefusalText>>>;
  readonly connectionFields: readonly ConnectionField[];
  /** The app's own pages, in the order of its menu. */
  readonly portal: readonly PortalPage[];
  readonly signIn: SignInRule;
  /** What is managed in the app and never by the directory. */
  readonly staysInApp: readonly string[];
  readonly setupGuide: readonly SetupStep[];
}
