import { z } from 'zod';
import { optionalKey } from '../optional-key.ts';
import { type DeclaredApp, declaredAppSchema } from './declared-app.ts';

/** A source of people, as a declaration names it, with what it holds. */
export interface DeclaredFeed {
  readonly name: string;
  readonly type: 'csv' | 'json';
  /** Path of the file, for messages; whoever sends the declaration reads it. */
  readonly file: string;
  readonly key: 'employeeId' | 'userPrincipalName';
  /** People who left the file go into the recycle bin. Default false. */
  readonly prune?: boolean;
  /** What the file holds; filled in before the declaration is sent. */
  readonly text?: string;
}

/** What a server is to be made equal to: lockstep.yaml as data. */
export interface Declaration {
  readonly directory?: { readonly feeds?: readonly DeclaredFeed[] };
  readonly apps?: readonly DeclaredApp[];
}

const feedSchema = z.strictObject({
  name: z.string().min(1).max(120),
  type: z.enum(['csv', 'json']),
  file: z.string().min(1),
  key: z.enum(['employeeId', 'userPrincipalName']),
  prune: optionalKey(z.boolean()),
  text: optionalKey(z.string()),
});

/** Reads a declaration. Unknown keys are faults. */
export const declarationSchema: z.ZodType<Declaration> = z.strictObject({
  directory: optionalKey(z.strictObject({ feeds: optionalKey(z.array(feedSchema).max(100)) })),
  apps: optionalKey(z.array(declaredAppSchema).max(1_000)),
});
