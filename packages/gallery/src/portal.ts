import type { ConnectionField } from './profile.ts';

/** One field of a setting that the app keeps to itself. */
export interface LocalField {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly input:
    | { readonly kind: 'text'; readonly lengthMax: number }
    | { readonly kind: 'choice'; readonly options: readonly (readonly [value: string, label: string])[] }
    | { readonly kind: 'switch'; readonly default: boolean };
}

/** What a part of a page of the app does. Each kind is drawn and handled in one way, whatever the app. */
export type PortalSection =
  /** Directories that may write: a list with a title, an address rule and a token each. */
  | {
      readonly kind: 'sources';
      readonly title: string;
      readonly text: string;
      readonly addTitle: string;
      readonly addButton: string;
      readonly titleLabel: string;
      readonly addressLabel: string;
      readonly tokenButton: string;
    }
  /** The Tenant URL, to be copied out. */
  | { readonly kind: 'address'; readonly title: string; readonly label: string; readonly text: string }
  /** One key of the tenant; a new one takes the place of the one before. */
  | {
      readonly kind: 'accessKey';
      readonly title: string;
      readonly label: string;
      readonly button: string;
      readonly text: string;
      /** Single sign-on is not saved while there is none. */
      readonly isMandatory: boolean;
    }
  /** A key of the administrator who is signed in. */
  | {
      readonly kind: 'apiKey';
      readonly title: string;
      readonly label: string;
      readonly button: string;
      readonly text: string;
    }
  /** The vendor's operator makes the token; here it is only said how. */
  | { readonly kind: 'operatorToken'; readonly title: string; readonly text: string }
  /** The attribute table of the guide. */
  | { readonly kind: 'attributes'; readonly title: string; readonly text: string }
  /** Single sign-on: values, test sign-in, activation. */
  | {
      readonly kind: 'signOn';
      readonly title: string;
      readonly text: string;
      readonly protocols: readonly SignOnForm[];
      readonly saveButton: string;
      readonly activateButton: string;
    }
  /** Switches SCIM on and off. */
  | { readonly kind: 'provisioning'; readonly title: string; readonly text: string }
  /** Accounts with roles and state. */
  | { readonly kind: 'members'; readonly title: string; readonly text: string; readonly addButton: string }
  /** Roles, their titles and the rule table. */
  | { readonly kind: 'roles'; readonly title: string; readonly text: string }
  /** Who administrates with a name and a password. */
  | { readonly kind: 'administrators'; readonly title: string; readonly text: string }
  /** Settings of the tenant that no directory touches. */
  | {
      readonly kind: 'localSettings';
      readonly title: string;
      readonly text: string;
      readonly fields: readonly LocalField[];
    }
  /** Settings of whoever is signed in that no directory touches. */
  | {
      readonly kind: 'ownSettings';
      readonly title: string;
      readonly text: string;
      readonly fields: readonly LocalField[];
    };

/** The fields of one protocol. */
export interface SignOnForm {
  readonly protocol: 'oidc' | 'saml';
  readonly title: string;
  readonly fields: readonly ConnectionField[];
}

/** One page of the app. */
export interface PortalPage {
  /** Last part of its address; letters and hyphens. */
  readonly path: string;
  readonly title: string;
  /** Where the guide says it is, from the top of the menu down. */
  readonly trail: readonly string[];
  /** Tab of the page, where the guide names one. */
  readonly tab?: string;
  /** `setup`: also for whoever holds a setup link. `member`: for everybody who is signed in. Default: administrators alone. */
  readonly audience?: 'setup' | 'member';
  readonly sections: readonly PortalSection[];
}

/** Microsoft Entra ID's issuer of one directory tenant. */
const ENTRA_ISSUER = 'https://login.microsoftonline.com/{directoryTenantId}/v2.0';

const plain = { required: false, secret: false, expires: false } as const;

/** A field that is typed in. */
function given(id: ConnectionField['id'], label: string, more: Partial<ConnectionField> = {}): ConnectionField {
  return { ...plain, id, label, direction: 'in', hint: '', ...more };
}

/** A field that is copied out. */
function shown(id: ConnectionField['id'], label: string, hint: string): ConnectionField {
  return { ...plain, id, label, direction: 'out', hint };
}

/** The issuer; only directories other than Microsoft Entra ID's worldwide cloud need it. */
export const issuerField: ConnectionField = given('issuer', 'Issuer', {
  hint: 'Leave empty for Microsoft Entra ID. Another directory, or a national cloud, writes its issuer here.',
  fallback: ENTRA_ISSUER,
});

/** How the app proves who it is, when not with a client secret. */
export const certificateFields: readonly ConnectionField[] = [
  given('privateKey', 'Private key (PEM)', {
    secret: true,
    multiline: true,
    hint: 'Instead of a client secret: the private key of a certificate that the app registration holds.',
  }),
  given('certificateThumbprint', 'Certificate thumbprint (SHA-256, base64url)', { hint: 'Of that certificate.' }),
];

/** OpenID Connect as most apps ask for it. */
export const oidcForm: SignOnForm = {
  protocol: 'oidc',
  title: 'OpenID Connect',
  fields: [
    given('clientId', 'Application (client) ID', { required: true, hint: 'From the app registration.' }),
    given('directoryTenantId', 'Directory (tenant) ID', {
      hint: 'From the app registration. Leave empty for a directory that is not Microsoft Entra ID.',
    }),
    given('clientSecret', 'Client secret', {
      secret: true,
      expires: true,
      hint: 'The value, not its ID. It is kept encrypted and never shown again.',
    }),
    issuerField,
    ...certificateFields,
    shown('redirectUrl', 'Redirect URL', 'Copy it into the app registration.'),
  ],
};

/** SAML 2.0 as most apps ask for it. */
export const samlForm: SignOnForm = {
  protocol: 'saml',
  title: 'SAML 2.0',
  fields: [
    given('idpEntityId', 'Microsoft Entra Identifier (issuer)', {
      required: true,
      hint: 'Entity ID of the directory.',
    }),
    given('idpSsoUrl', 'Login URL', { required: true, hint: 'Where the directory takes sign-in requests.' }),
    given('idpCertificates', 'Certificate (Base64)', {
      required: true,
      multiline: true,
      hint: 'The signing certificate in PEM. During a change of certificates paste both, one after the other.',
    }),
    given('allowsIdpInitiated', 'The directory may begin a sign-in', {
      isSwitch: true,
      hint: 'Off unless people start the app from the directory: whoever is lured to such an answer is signed in as somebody else.',
    }),
    shown('entityId', 'Identifier (Entity ID)', 'Copy it into the directory.'),
    shown('acsUrl', 'Reply URL (Assertion Consumer Service URL)', 'Copy it into the directory.'),
    shown('metadataUrl', 'App metadata', 'Or let the directory import this.'),
  ],
};

/** The page of single sign-on of an app that takes both protocols. */
export function singleSignOnPage(options: {
  readonly trail: readonly string[];
  readonly text: string;
  readonly forms?: readonly SignOnForm[];
}): PortalPage {
  return {
    path: 'single-sign-on',
    title: 'Single sign-on',
    trail: options.trail,
    audience: 'setup',
    sections: [
      {
        kind: 'signOn',
        title: 'Sign-in with the directory',
        text: options.text,
        protocols: options.forms ?? [samlForm, oidcForm],
        saveButton: 'Save',
        activateButton: 'Enforce single sign-on',
      },
    ],
  };
}

/** The page of who administrates. */
export function administratorsPage(trail: readonly string[]): PortalPage {
  return {
    path: 'administrators',
    title: 'Administrators',
    trail,
    sections: [
      {
        kind: 'administrators',
        title: 'Administrators with a password',
        text: 'They belong to this app alone: no directory makes, changes or removes them.',
      },
    ],
  };
}

/** Tenant URL to copy. */
export const addressSection: PortalSection = {
  kind: 'address',
  title: 'Tenant URL',
  label: 'Tenant URL',
  text: 'Paste it at the provisioning side, together with the secret token.',
};

/** Languages that apps offer their people. */
export const languageField: LocalField = {
  id: 'language',
  label: 'Language',
  hint: 'Of the app’s pages and mails; the directory does not change it.',
  input: {
    kind: 'choice',
    options: [
      ['en', 'English'],
      ['nl', 'Nederlands'],
      ['de', 'Deutsch'],
      ['fr', 'Français'],
    ],
  },
};
