import type { ConnectionField, SignOnForm } from '@lockstep/gallery';
import type { JsonObject } from '@lockstep/scim';
import type { StoredConnection } from '@lockstep/store';
import type { NewConnection } from '../../sso/connections.ts';
import { FormError, textOf } from '../page-visit.ts';

/** Settings that a connection page never asks for and that stay as they are. */
const KEPT = ['linksByEmail', 'subjectAttribute', 'rolesAttribute', 'emailAttribute'] as const;

/**
 * Makes a connection of what was typed. An app that keeps no `externalId` finds people by e-mail address, once (`linksByEmail`). An empty secret keeps the one that is there, an empty field with a fallback stands
 * for that.
 *
 * @throws {FormError} beside the field that is wrong
 */
export function readSignOn(
  { form, linksByEmail }: { readonly form: SignOnForm; readonly linksByEmail: boolean },
  typed: URLSearchParams,
  known: StoredConnection | undefined,
): NewConnection {
  for (const field of form.fields) {
    if (field.required && !field.secret && field.direction === 'in' && textOf(typed, field.id) === '') {
      throw new FormError(`${field.label} is needed.`, field.id);
    }
  }
  const kept = known?.protocol === form.protocol ? known : undefined;
  const settings = form.protocol === 'oidc' ? oidcOf(form, typed, kept) : samlOf(typed);
  const own = Object.fromEntries(
    KEPT.flatMap((name) => (kept?.settings[name] === undefined ? [] : [[name, kept.settings[name]]])),
  );
  const secret = textOf(typed, 'privateKey') || textOf(typed, 'clientSecret');
  return {
    protocol: form.protocol,
    settings: { linksByEmail, ...own, ...settings },
    ...(secret === '' ? {} : { secret }),
    ...expiryOf(form, typed),
  };
}

function oidcOf(form: SignOnForm, typed: URLSearchParams, known: StoredConnection | undefined): JsonObject {
  const issuer = withFallback(form, typed, 'issuer');
  if (issuer === '') throw new FormError('Issuer or Directory (tenant) ID is needed.', 'issuer');
  const [directoryTenantId, thumbprint] = [textOf(typed, 'directoryTenantId'), textOf(typed, 'certificateThumbprint')];
  const before = known?.settings['clientAuth'] === 'certificate' ? 'certificate' : 'secret';
  const isSecretGiven = textOf(typed, 'clientSecret') !== '';
  const given = textOf(typed, 'privateKey') === '' ? (isSecretGiven ? 'secret' : before) : 'certificate';
  return {
    issuer,
    clientId: textOf(typed, 'clientId'),
    clientAuth: given,
    ...(directoryTenantId === '' ? {} : { directoryTenantId }),
    ...(thumbprint === '' ? {} : { certificateThumbprint: thumbprint }),
  };
}

const CERTIFICATE =
  /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----|-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

function samlOf(typed: URLSearchParams): JsonObject {
  const text = textOf(typed, 'idpCertificates');
  const certificates = text.match(CERTIFICATE) ?? [];
  return {
    idpEntityId: textOf(typed, 'idpEntityId'),
    idpSsoUrl: textOf(typed, 'idpSsoUrl'),
    // Base64 without its frame is taken as it is.
    idpCertificates: certificates.length > 0 ? certificates : [text],
    allowsIdpInitiated: typed.get('allowsIdpInitiated') === 'on',
  };
}

/** What a field stands for when it is empty: its fallback, with other fields put in; empty when one of those is. */
function withFallback({ fields }: SignOnForm, typed: URLSearchParams, id: ConnectionField['id']): string {
  const value = textOf(typed, id);
  const fallback = fields.find((field) => field.id === id)?.fallback;
  if (value !== '' || fallback === undefined) return value;
  let isWhole = true;
  const filled = fallback.replace(/\{(\w+)\}/g, (_, name: string) => {
    const part = textOf(typed, name);
    isWhole &&= part !== '';
    return encodeURIComponent(part);
  });
  return isWhole ? filled : '';
}

function expiryOf(form: SignOnForm, typed: URLSearchParams): Pick<NewConnection, 'secretExpiresMs'> {
  if (!form.fields.some((field) => field.expires)) return {};
  const day = textOf(typed, 'secretExpires');
  if (day === '') return { secretExpiresMs: null };
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw new FormError('Write the day as 2027-03-01.', 'secretExpires');
  return { secretExpiresMs: ms };
}

/** What a field shows: what is stored, never a secret; what an empty field stands for is not written out. */
export function shownValue(form: SignOnForm, id: ConnectionField['id'], known: StoredConnection | undefined): string {
  if (known?.protocol !== form.protocol) return '';
  const value = known.settings[id];
  if (typeof value === 'boolean') return value ? 'on' : '';
  if (Array.isArray(value)) return value.join('\n');
  if (typeof value !== 'string') return '';
  const fallback = form.fields.find((field) => field.id === id)?.fallback;
  const filled = fallback?.replace(/\{(\w+)\}/g, (_, name: string) => String(known.settings[name] ?? ''));
  return value === filled ? '' : value;
}
