import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, problems, takes } from './shapes.ts';

const test = createRoute({
  method: 'post',
  path: '/mail/test',
  tags: ['server'],
  summary: 'Sends a mail at once, and tells what the mail server said',
  request: { body: takes(z.strictObject({ to: z.email() })) },
  responses: { 200: answers('It was taken', z.object({ to: z.string() })), ...problems },
});

/** Adds the route that tries the mail server. */
export function addMailRoutes(api: AdminApi, { mail }: Pick<Services, 'mail'>): void {
  api.openapi(test, async (context) => {
    const { to } = context.req.valid('json');
    await mail.test(to);
    return context.json({ to }, 200);
  });
}
