import type { AccountView, RolePreview, RoleTable } from '@lockstep/provider';
import type { z } from 'zod';
import { accountSchema } from '../admin-api/provider-account-routes.ts';
import { rolePreviewSchema, roleTableSchema } from '../admin-api/provider-role-routes.ts';
import { type Items, itemsOf } from '../admin-api/shapes.ts';

/** The forms of the answers about tenants that commands read. */
export interface ProviderAnswers {
  readonly roleTable: z.ZodType<RoleTable>;
  readonly rolePreview: z.ZodType<Items<RolePreview>>;
  readonly accounts: z.ZodType<Items<AccountView>>;
  readonly account: z.ZodType<AccountView>;
}

/** The forms of the answers about tenants. */
export const providerAnswers: ProviderAnswers = {
  roleTable: roleTableSchema,
  rolePreview: itemsOf(rolePreviewSchema),
  accounts: itemsOf(accountSchema),
  account: accountSchema,
};
