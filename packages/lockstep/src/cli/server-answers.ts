import type { z } from 'zod';
import { type AboutShape, aboutSchema } from '../admin-api/about-routes.ts';
import { type ExpiryShape, expiriesSchema } from '../admin-api/expiry-routes.ts';
import { type MailShape, mailSchema } from '../admin-api/mail-routes.ts';
import { type ServerSettingsShape, serverSettingsSchema } from '../admin-api/settings-routes.ts';
import type { PageAnswer } from './answers.ts';

/** The forms of the answers about the server itself. */
export interface ServerAnswers {
  readonly about: z.ZodType<AboutShape>;
  readonly settings: z.ZodType<ServerSettingsShape>;
  readonly mail: z.ZodType<MailShape>;
  readonly expiries: z.ZodType<PageAnswer<ExpiryShape>>;
}

/** The forms of those answers. */
export const serverAnswers: ServerAnswers = {
  about: aboutSchema,
  settings: serverSettingsSchema,
  mail: mailSchema,
  expiries: expiriesSchema,
};
