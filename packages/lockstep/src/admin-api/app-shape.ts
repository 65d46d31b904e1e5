import { z } from 'zod';
import type { App } from '../apps/app-service.ts';
import { printDuration } from '../apps/duration.ts';
import { jsonSchema, timeText } from './shapes.ts';

/** An app in a list. */
export interface AppShape {
  readonly id: string;
  readonly name: string;
  readonly template: string;
  readonly tenantUrl: string;
  readonly scope: 'assigned' | 'all';
  /** Whether a token is stored; it is never shown. */
  readonly hasSecret: boolean;
  readonly dialect: 'rfc' | 'entra-legacy';
  readonly updateMethod: 'patch' | 'put' | 'auto';
  readonly schedule: { readonly interval: string; readonly onChange: boolean; readonly enabled: boolean };
  readonly createdAt: string;
  readonly modifiedAt: string;
}

/** The form of an app in a list. */
export const appSchema: z.ZodType<AppShape> = z.object({
  id: z.string(),
  name: z.string(),
  template: z.string(),
  tenantUrl: z.string(),
  scope: z.enum(['assigned', 'all']),
  hasSecret: z.boolean(),
  dialect: z.enum(['rfc', 'entra-legacy']),
  updateMethod: z.enum(['patch', 'put', 'auto']),
  schedule: z.object({ interval: z.string(), onChange: z.boolean(), enabled: z.boolean() }),
  createdAt: z.string(),
  modifiedAt: z.string(),
});

/** The form of an app's whole job: mappings, filters and target attributes of users and groups. */
export const definitionSchema: z.ZodType = z.record(z.string(), jsonSchema).describe('The job as the engine runs it');

/** Shows an app. */
export function showApp(app: App): AppShape {
  const { definition } = app;
  const { intervalMs, onChange, isEnabled } = definition.schedule;
  return {
    id: app.id,
    name: definition.name,
    template: definition.template,
    tenantUrl: definition.tenantUrl,
    scope: definition.scope,
    hasSecret: app.hasSecret,
    dialect: definition.dialect,
    updateMethod: definition.updateMethod ?? 'auto',
    schedule: { interval: printDuration(intervalMs), onChange, enabled: isEnabled },
    createdAt: timeText(app.createdMs),
    modifiedAt: timeText(app.modifiedMs),
  };
}
