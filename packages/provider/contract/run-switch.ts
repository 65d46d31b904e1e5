import { GROUP_SCHEMA, type JsonObject, PATCH_SCHEMA } from '@lockstep/scim';
import type { TestAnswer, TestTenant } from './open-test-provider.ts';
import { group, user } from './sample-bodies.ts';

/** One switch between the dialects: a request that uses it, and how each dialect answers. */
export interface SwitchCase {
  /** A dialect rule, or `never: …` for what no dialect changes. */
  readonly switch: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly body?: JsonObject;
    /** Operations of a PATCH. */
    readonly operations?: readonly JsonObject[];
  };
  readonly lenient: SwitchAnswer;
  readonly strict: SwitchAnswer;
}

export interface SwitchAnswer {
  readonly status: number;
  readonly scimType?: string;
  /** Text the body has to hold. */
  readonly holds?: string;
  /** Text the body must not hold. */
  readonly lacks?: string;
}

/** Sends the request to an empty tenant that gets a user, another one, and a group with the other one in it. */
export async function runSwitch(tenant: TestTenant, { request }: Pick<SwitchCase, 'request'>): Promise<TestAnswer> {
  const email = [{ value: 'eva@example.com', type: 'work' }];
  const made = [
    await tenant.send('POST', '/Users', user('eva', { title: 'Head', externalId: 'x1', emails: email })),
    await tenant.send('POST', '/Users', user('lars')),
  ];
  const [userId = '', other = ''] = made.map((answer) => String(answer.json['id']));
  const crew = await tenant.send('POST', '/Groups', { ...group('crew', [other]), schemas: [GROUP_SCHEMA] });
  const fill = (text: string): string =>
    text.replaceAll('{user}', userId).replaceAll('{other}', other).replaceAll('{group}', String(crew.json['id']));
  const { operations, body } = request;
  const whole = operations === undefined ? body : { schemas: [PATCH_SCHEMA], Operations: operations };
  const sent = whole === undefined ? undefined : fill(JSON.stringify(whole));
  return tenant.send(request.method, fill(request.path), sent);
}
