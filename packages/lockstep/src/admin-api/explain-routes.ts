import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { DirectoryType } from '../directory/directory-schema.ts';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { appExplanationSchema, explanationSchema, showAppExplanation, showExplanation } from './explanation-shape.ts';
import { answers, itemsOf, limitOf, problems } from './shapes.ts';

const inApp = createRoute({
  method: 'get',
  path: '/apps/{app}/explain',
  tags: ['provisioning'],
  summary: 'Everything that decides about one person or group in the app, and what a cycle would do next, in sentences',
  request: {
    params: z.object({ app: z.string().max(200) }),
    query: z.object({ user: optionalKey(z.string().max(1_000)), group: optionalKey(z.string().max(1_000)) }),
  },
  responses: { 200: answers('The explanation', explanationSchema), ...problems },
});

function everywhere(path: '/directory/users/{key}/explain' | '/directory/groups/{key}/explain') {
  return createRoute({
    method: 'get',
    path,
    tags: ['directory'],
    summary: 'As the explanation of one app, for every app in order of their names; of the log only the newest record',
    request: {
      params: z.object({ key: z.string().max(1_000) }),
      query: z.object({
        after: optionalKey(z.string().max(200)).describe('The next of the page before'),
        limit: limitOf(20, 50),
      }),
    },
    responses: { 200: answers('Apps', itemsOf(appExplanationSchema)), ...problems },
  });
}

/** Adds the routes that explain what is done about somebody. */
export function addExplainRoutes(api: AdminApi, services: Services): void {
  const { apps, directory, explainer } = services;

  api.openapi(inApp, async (context) => {
    const found = await apps.find(context.req.valid('param').app);
    const { user, group } = context.req.valid('query');
    const name = user ?? group;
    if (name === undefined || (user !== undefined && group !== undefined)) {
      throw new LockstepError('badRequest', 'either user or group is needed');
    }
    const { objectId: sourceId } = await directory.find(user === undefined ? 'Group' : 'User', name);
    const explanation = await explainer.inApp(found.id, {
      objectType: user === undefined ? 'group' : 'user',
      sourceId,
    });
    return context.json(showExplanation(explanation, found), 200);
  });

  const ways: readonly (readonly [DirectoryType, ReturnType<typeof everywhere>])[] = [
    ['User', everywhere('/directory/users/{key}/explain')],
    ['Group', everywhere('/directory/groups/{key}/explain')],
  ];
  for (const [type, route] of ways) {
    api.openapi(route, async (context) => {
      const { objectId: sourceId } = await directory.find(type, context.req.valid('param').key);
      const page = context.req.valid('query');
      const subject = { objectType: type === 'User' ? 'user' : 'group', sourceId } as const;
      const items = (await explainer.everywhere(subject, page)).map(showAppExplanation);
      const last = items.length < page.limit ? undefined : items.at(-1)?.app;
      return context.json(last === undefined ? { items } : { items, next: last }, 200);
    });
  }
}
