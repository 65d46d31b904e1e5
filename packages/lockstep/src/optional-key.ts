import type { z } from 'zod';

/**
 * A member of an object that may be left out. JSON and YAML cannot say `undefined`, so a member that is there has a value;
 * the type says so, while the check stays the one that the API's description knows as optional.
 */
export function optionalKey<T extends z.ZodType>(schema: T): z.ZodExactOptional<T> {
  // Both wrap the schema in the same way; they differ in what they make of an explicit `undefined`, which never comes.
  return schema.optional() as unknown as z.ZodExactOptional<T>;
}
