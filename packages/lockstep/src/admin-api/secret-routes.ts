import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { rotateSecrets, secretsStanding } from '../secrets/rotate-secrets.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { timeOrNull } from './credential-shape.ts';
import { answers, problems } from './shapes.ts';

/** How the stored secrets stand, by key. */
export interface SecretsShape {
  readonly keyId: string;
  readonly nextKeyId: string | null;
  readonly retired: readonly string[];
  /** `own`: a file in the data folder that the product made; `configured`: a file that a setting names. */
  readonly keySource: 'own' | 'configured';
  /** When the key came into use in the place of another; null = it is the first one. */
  readonly rotatedAt: string | null;
  /** How many are not sealed with the key that seals now. */
  readonly underOtherKeys: number;
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
  keySource: z.enum(['own', 'configured']),
  rotatedAt: z.string().nullable(),
  underOtherKeys: z.number(),
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
export function addSecretRoutes(api: AdminApi, services: Services): void {
  const { keyRing, store, clock } = services;
  api.openapi(routes.show, async (context) => context.json(await showSecrets(services), 200));
  let running: ReturnType<typeof rotateSecrets> | undefined;
  api.openapi(routes.rotate, async (context) => {
    // Who asks while it runs waits for the same.
    running ??= rotateSecrets(keyRing, store.sealed, clock).finally(() => {
      running = undefined;
    });
    return context.json(await running, 200);
  });
}

async function showSecrets({ keyRing, store, settings }: Services): Promise<SecretsShape> {
  const { keyId, nextKeyId, retired, rotatedMs, sealed } = await secretsStanding(keyRing, store.sealed);
  const other = sealed.filter((one) => one.keyId !== (nextKeyId ?? keyId));
  return {
    keyId,
    nextKeyId: nextKeyId ?? null,
    retired,
    keySource: settings.ownsMasterKey ? 'own' : 'configured',
    rotatedAt: timeOrNull(rotatedMs ?? null),
    underOtherKeys: other.reduce((sum, one) => sum + one.count, 0),
    sealed,
  };
}
