import type { z } from 'zod';

/** One thing that is wrong, at its place. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * The faults behind one issue of a check: one for each unknown key, at the key itself; and of what may have several forms,
 * those of the form that fits best, since `Invalid input` helps nobody.
 */
export function spreadIssue(issue: z.core.$ZodIssue): readonly Fault[] {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: `there is no key ${JSON.stringify(key)} here` }));
  }
  if (issue.code !== 'invalid_union') return [{ path, message }];
  const forms = issue.errors.map((issues) => issues.flatMap(spreadIssue));
  const [best = []] = forms.toSorted((one, other) => one.length - other.length);
  return best.length === 0 ? [{ path, message }] : best.map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
}
