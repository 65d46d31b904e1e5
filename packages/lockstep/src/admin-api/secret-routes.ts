import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { rotateSecrets, secretsStanding } from '../secrets/rotate-secrets.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, problems } from './shapes.ts';

/** How the stored secrets stand, by key. */
export interface SecretsShape {
  readonly keyId: string;
  readonly nextKeyId: string | null;
  readonly retired: readonly string[];
  readonly sealed: readonly {
    readonly kind: string;
    readonly keyId: string;
    readonly count: number;
    readonly isReadable: boolean;
  }[];
}

export const secretsSchema: z.ZodType<SecretsShape> = z.object({
  keyId: z.string(),
  nextKeyId: z.string().nullable(),
  retired: z.array(z.string()),
  sealed: z.array(z.object({ kind: z.string(), keyId: z.string(), count: z.number(), isReadable: z.boolean() })),
});

/** What a change of the master key did. */
export interface RotationShape {
  readonly keyId: string;
  readonly resealed: number;
  readonly unreadable: readonly { readonly kind: string; readonly id: string }[];
}

export const rotationSchema: z.ZodType<RotationShape> = z.object({
  keyId: z.string(),
  resealed: z.number(),
  unreadable: z.array(z.object({ kind: z.string(), id: z.string() })),
});

const routes = {
  show: createRoute({
    method: 'get',
    path: '/secrets',
    tags: ['secrets'],
    summary: 'Which master key stored secrets are sealed with; none of them is shown',
    responses: { 200: answers('By key', secretsSchema), ...problems },
  }),
  rotate: createRoute({
    method: 'post',
    path: '/secrets/rotate',
    tags: ['secrets'],
    summary: 'Changes the master key and seals every stored secret anew; goes on where it was broken off',
    responses: { 200: answers('What was done', rotationSchema), ...problems },
  }),
} as const;

/** Adds the routes of stored secrets. */
export function addSecretRoutes(api: AdminApi, { keyRing, store }: Services): void {
  api.openapi(routes.show, async (context) => {
    const { nextKeyId, ...standing } = await secretsStanding(keyRing, store.sealed);
    return context.json({ ...standing, nextKeyId: nextKeyId ?? null }, 200);
  });
  let running: ReturnType<typeof rotateSecrets> | undefined;
  api.openapi(routes.rotate, async (context) => {
    // Who asks while it runs waits for the same.
    running ??= rotateSecrets(keyRing, store.sealed).finally(() => {
      running = undefined;
    });
    return context.json(await running, 200);
  });
}
