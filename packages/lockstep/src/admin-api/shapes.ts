import type { Json } from '@lockstep/scim';
import { z } from 'zod';
import { optionalKey } from '../optional-key.ts';
import { problemSchema } from './problem-shape.ts';

/** A page of a list. `next` is given back as `after` to go on; absent on the last page. */
export interface Items<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** A JSON answer of one form. */
export interface JsonAnswer<T> {
  readonly description: string;
  readonly content: { readonly 'application/json': { readonly schema: z.ZodType<T> } };
}

/** A JSON body of one form. */
export interface JsonBody<T> {
  readonly required: true;
  readonly content: { readonly 'application/json': { readonly schema: z.ZodType<T> } };
}

/** Any JSON value. What is checked has been parsed from JSON, so there is nothing to look at. */
export const jsonSchema: z.ZodType<Json> = z.any();

/** The form of a page. */
export function itemsOf<T>(item: z.ZodType<T>): z.ZodType<Items<T>> {
  return z.object({ items: z.array(item), next: optionalKey(z.string()) });
}

/** Describes a success. */
export function answers<T>(description: string, schema: z.ZodType<T>): JsonAnswer<T> {
  return { description, content: { 'application/json': { schema } } };
}

/** Describes a body. */
export function takes<T>(schema: z.ZodType<T>): JsonBody<T> {
  return { required: true, content: { 'application/json': { schema } } };
}

/** Every route may answer with a problem. */
export const problems: { readonly default: JsonAnswer<unknown> } = {
  default: answers<unknown>('What went wrong, in words', problemSchema),
};

/** `true` and `false` in an address. */
export const flag: z.ZodType<boolean, unknown> = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

/** How many items a page may hold. */
export function limitOf(fallback: number, most: number): z.ZodType<number, unknown> {
  return z.coerce.number().int().min(1).max(most).default(fallback);
}

/** Which apps are wanted; without a limit all are. */
export const appPageSchema: z.ZodObject<{
  search: z.ZodExactOptional<z.ZodString>;
  after: z.ZodExactOptional<z.ZodString>;
  limit: z.ZodExactOptional<z.ZodCoercedNumber>;
}> = z.object({
  search: optionalKey(z.string().max(200)).describe('Part of a name, in any case'),
  after: optionalKey(z.string().max(200)).describe('The next of the page before'),
  limit: optionalKey(z.coerce.number().int().min(1).max(200)),
});

/** A time as the API shows it. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
