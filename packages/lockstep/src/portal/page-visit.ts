import type { AppProfile, PortalPage, PortalSection } from '@lockstep/gallery';
import type { Tenant } from '@lockstep/provider';
import { LockstepError } from '../lockstep-error.ts';
import type { Services } from '../server/services.ts';
import type { Entrant } from '../sso/portal-entry.ts';
import type { Html } from './html.ts';
import type { NoteRefusal } from './refusal-notes.ts';
import type { Visit } from './visit.ts';

/** What the pages of tenants work with. */
export type PortalParts = Pick<
  Services,
  'peopleParts' | 'sso' | 'store' | 'provider' | 'audit' | 'publicUrl' | 'clock' | 'random'
> & { readonly noteRefusal: NoteRefusal };

/** A visit of a tenant's pages, by whomever. */
export interface TenantVisit {
  readonly parts: PortalParts;
  readonly visit: Visit;
  readonly tenant: Tenant;
}

/** A visit of somebody who is in. */
export interface EnteredVisit extends TenantVisit {
  readonly profile: AppProfile;
  readonly entrant: Entrant;
}

/** A visit of one page of the app. */
export interface PageVisit extends EnteredVisit {
  readonly page: PortalPage;
}

/** Sections of one kind. */
export type SectionOf<K extends PortalSection['kind']> = Extract<PortalSection, { readonly kind: K }>;

/** What came of a form, shown where the form is. */
export interface SectionResult {
  readonly problem?: { readonly message: string; readonly field?: string | undefined };
  /** What was typed, so that nobody has to type it again; secrets are left out when it is shown. */
  readonly given?: URLSearchParams;
  /** What is shown once. */
  readonly shown?: { readonly label: string; readonly text: string; readonly hint: string; readonly isLink?: boolean };
}

/** What a form did: it is told on the page that comes next, or something is shown once. */
export type ActionOutcome =
  | { readonly done: DoneWord; readonly query?: string }
  | { readonly shown: NonNullable<SectionResult['shown']> };

/** What can be told after a form. */
export type DoneWord = 'saved' | 'added' | 'removed' | 'revoked' | 'switched' | 'activated';

/** How sections of one kind are drawn, and what their forms do. */
export interface SectionHandler<S extends PortalSection> {
  draw(of: PageVisit, section: S, result: SectionResult): Promise<Html>;
  readonly actions: Readonly<
    Record<string, (of: PageVisit, section: S, form: URLSearchParams) => Promise<ActionOutcome>>
  >;
}

/** A form was refused; the message stands beside the field. */
export class FormError extends LockstepError {
  readonly field: string | undefined;

  constructor(message: string, field?: string) {
    super('invalidValue', message);
    this.field = field;
  }
}

/** Address of a form of a section. */
export function actionPath({ tenant, page }: PageVisit, kind: PortalSection['kind'], verb: string): string {
  return `/portal/${tenant.id}/${page.path}/${kind}/${verb}`;
}

/** Text of a field without blanks at its ends. */
export function textOf(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? '').trim();
}

/** Whether somebody may do everything here. */
export function requireAdministrator({ entrant }: EnteredVisit): void {
  if (entrant.kind === 'administrator') return;
  throw new LockstepError('forbidden', 'only an administrator may do this');
}

/** Writes what somebody did into the audit log. */
export function noteDeed({ parts, tenant, entrant }: EnteredVisit, action: string): Promise<void> {
  return parts.audit.record({ actor: entrant.name, action, subject: `provider ${tenant.id}` });
}

/** A time as pages show it. */
export function dayText(ms: number | null): string {
  return ms === null ? 'never' : `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
