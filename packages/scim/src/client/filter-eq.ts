/**
 * Builds the filter `path eq value` (RFC 7644 §3.4.2.2): the only operator directories send besides `and`.
 * The value is written as a JSON literal, so no character in it can end the filter early.
 *
 * @param path an attribute path from a mapping, such as `userName` or `emails[type eq "work"].value`
 */
export function filterEq(path: string, value: string | number | boolean): string {
  return `${path} eq ${JSON.stringify(value)}`;
}
