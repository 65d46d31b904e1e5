import { createRoute } from '@hono/zod-openapi';
import { type AppTemplate, templates } from '@lockstep/gallery';
import { z } from 'zod';
import { optionalKey } from '../optional-key.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, itemsOf, problems } from './shapes.ts';

/** A template of the gallery, as an administrator picks it. */
export interface TemplateShape {
  readonly template: string;
  readonly title: string;
  readonly summary: string;
  /** `gallery`: picked by name; `own`: for an application of one's own. */
  readonly listing: 'gallery' | 'own';
  readonly scope: 'assigned' | 'all';
  readonly provisionsGroups: boolean;
  readonly importsUsers: boolean;
  readonly connection: {
    readonly tenantUrlHint: string;
    readonly tenantUrlEnding?: string;
    readonly tokenLabel: string;
    readonly tokenHint: string;
  };
  readonly signOn: string;
  readonly notSupported: readonly string[];
  /** What to do in the app and here, in order. */
  readonly setupGuide: readonly { readonly title: string; readonly text: string }[];
}

const templateSchema: z.ZodType<TemplateShape> = z.object({
  template: z.string(),
  title: z.string(),
  summary: z.string(),
  listing: z.enum(['gallery', 'own']),
  scope: z.enum(['assigned', 'all']),
  provisionsGroups: z.boolean(),
  importsUsers: z.boolean(),
  connection: z.object({
    tenantUrlHint: z.string(),
    tenantUrlEnding: optionalKey(z.string()),
    tokenLabel: z.string(),
    tokenHint: z.string(),
  }),
  signOn: z.string(),
  notSupported: z.array(z.string()),
  setupGuide: z.array(z.object({ title: z.string(), text: z.string() })),
});

const list = createRoute({
  method: 'get',
  path: '/gallery',
  tags: ['apps'],
  summary: 'Templates that an app can be made from',
  responses: { 200: answers('Templates', itemsOf(templateSchema)), ...problems },
});

/** Adds the route of the gallery. */
export function addGalleryRoutes(api: AdminApi): void {
  api.openapi(list, (context) => context.json({ items: Object.values(templates).map(showTemplate) }, 200));
}

function showTemplate(template: AppTemplate): TemplateShape {
  const { id, title, summary, listing, scope, connection, notSupported } = template;
  const { tenantUrlHint, tenantUrlEnding, tokenLabel, tokenHint } = connection;
  return {
    template: id,
    title,
    summary,
    listing,
    scope,
    provisionsGroups: template.groups.enabled,
    importsUsers: template.importUsers,
    connection: {
      tenantUrlHint,
      ...(tenantUrlEnding === undefined ? {} : { tenantUrlEnding }),
      tokenLabel,
      tokenHint,
    },
    signOn: template.signOn.text,
    notSupported: [...notSupported],
    setupGuide: template.setupGuide.map((step) => ({ title: step.title, text: step.text })),
  };
}
