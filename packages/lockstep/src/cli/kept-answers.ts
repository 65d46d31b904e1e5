import { z } from 'zod';
import { type AuditShape, auditSchema } from '../admin-api/audit-routes.ts';
import { type AppExplanationShape, appExplanationSchema } from '../admin-api/explanation-shape.ts';
import { type FeedShape, feedSchema } from '../admin-api/feed-routes.ts';
import {
  type FindingShape,
  findingSchema,
  type ScanShape,
  type SettledShape,
  scanSchema,
  settledSchema,
} from '../admin-api/finding-routes.ts';
import { appliedSchema, type PlanShape, planItemSchema, planSchema } from '../admin-api/plan-routes.ts';
import type { PageAnswer } from './answers.ts';

/** The forms of the answers about the audit log, feeds, explanations, mails, plans, findings and drift. */
export interface KeptAnswers {
  readonly audit: z.ZodType<PageAnswer<AuditShape>>;
  readonly explanations: z.ZodType<PageAnswer<AppExplanationShape>>;
  readonly feeds: z.ZodType<PageAnswer<FeedShape>>;
  readonly mailTest: z.ZodType<{ readonly to: string }>;
  readonly plan: z.ZodType<PlanShape>;
  readonly planItems: z.ZodType<PageAnswer<z.infer<typeof planItemSchema>>>;
  readonly applied: z.ZodType<z.infer<typeof appliedSchema>>;
  readonly scan: z.ZodType<ScanShape>;
  readonly findings: z.ZodType<PageAnswer<FindingShape>>;
  readonly settled: z.ZodType<{ readonly results: readonly SettledShape[] }>;
}

/** The forms of those answers. */
export const keptAnswers: KeptAnswers = {
  audit: z.object({ items: z.array(auditSchema), next: z.string().optional() }),
  explanations: z.object({ items: z.array(appExplanationSchema), next: z.string().optional() }),
  feeds: z.object({ items: z.array(feedSchema), next: z.string().optional() }),
  mailTest: z.object({ to: z.string() }),
  plan: planSchema,
  planItems: z.object({ items: z.array(planItemSchema), next: z.string().optional() }),
  applied: appliedSchema,
  scan: scanSchema,
  findings: z.object({ items: z.array(findingSchema), next: z.string().optional() }),
  settled: settledSchema,
};
