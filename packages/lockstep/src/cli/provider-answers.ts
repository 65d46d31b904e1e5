import type { AccountView, RolePreview, RoleTable, TenantSource } from '@lockstep/provider';
import type { Member } from '@lockstep/provider/ports';
import { z } from 'zod';
import { type ConsoleSignInShape, consoleSignInSchema } from '../admin-api/console-sign-in-routes.ts';
import { accountSchema } from '../admin-api/provider-account-routes.ts';
import {
  type ProviderGroupShape,
  providerGroupSchema,
  providerMemberSchema,
} from '../admin-api/provider-group-routes.ts';
import {
  madeSetupLinkSchema,
  type PortalAdminShape,
  portalAdminSchema,
  portalLinkSchema,
  type SetupLinkShape,
  setupLinkSchema,
} from '../admin-api/provider-portal-routes.ts';
import { rolePreviewSchema, roleTableSchema } from '../admin-api/provider-role-routes.ts';
import { sourceSchema } from '../admin-api/provider-source-routes.ts';
import {
  type RequestDetailShape,
  type RequestShape,
  type RequestSummaryShape,
  requestDetailSchema,
  requestSchema,
  requestSummarySchema,
} from '../admin-api/request-shape.ts';
import { type RotationShape, rotationSchema, type SecretsShape, secretsSchema } from '../admin-api/secret-routes.ts';
import { type Items, itemsOf } from '../admin-api/shapes.ts';

/** The forms of the answers about tenants that commands read. */
export interface ProviderAnswers {
  readonly roleTable: z.ZodType<RoleTable>;
  readonly rolePreview: z.ZodType<Items<RolePreview>>;
  readonly requests: z.ZodType<Items<RequestShape>>;
  readonly request: z.ZodType<RequestDetailShape>;
  readonly requestSummary: z.ZodType<RequestSummaryShape>;
  readonly provider: z.ZodType<{ readonly title: string }>;
  readonly providerGroups: z.ZodType<Items<ProviderGroupShape>>;
  readonly providerMembers: z.ZodType<Items<Member>>;
  readonly accounts: z.ZodType<Items<AccountView>>;
  readonly account: z.ZodType<AccountView>;
  readonly portalLink: z.ZodType<{ readonly link: string }>;
  readonly portalAdmins: z.ZodType<Items<PortalAdminShape>>;
  readonly portalAdminLink: z.ZodType<{ readonly id: string; readonly link: string }>;
  readonly setupLinks: z.ZodType<Items<SetupLinkShape>>;
  readonly madeSetupLink: z.ZodType<SetupLinkShape & { readonly link: string }>;
  readonly sources: z.ZodType<Items<TenantSource>>;
  readonly source: z.ZodType<TenantSource>;
  readonly consoleSignIn: z.ZodType<ConsoleSignInShape>;
  readonly secrets: z.ZodType<SecretsShape>;
  readonly rotation: z.ZodType<RotationShape>;
}

/** The forms of the answers about tenants. */
export const providerAnswers: ProviderAnswers = {
  roleTable: roleTableSchema,
  rolePreview: itemsOf(rolePreviewSchema),
  requests: itemsOf(requestSchema),
  request: requestDetailSchema,
  requestSummary: requestSummarySchema,
  provider: z.looseObject({ title: z.string() }),
  providerGroups: itemsOf(providerGroupSchema),
  providerMembers: itemsOf(providerMemberSchema),
  accounts: itemsOf(accountSchema),
  account: accountSchema,
  portalLink: portalLinkSchema,
  portalAdmins: itemsOf(portalAdminSchema),
  portalAdminLink: z.object({ id: z.string(), link: z.string() }),
  setupLinks: itemsOf(setupLinkSchema),
  madeSetupLink: madeSetupLinkSchema,
  sources: itemsOf(sourceSchema),
  source: sourceSchema,
  consoleSignIn: consoleSignInSchema,
  secrets: secretsSchema,
  rotation: rotationSchema,
};
