/** Compares in a time that does not depend on where the texts differ. */
export function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < b.length; at += 1) difference |= a.charCodeAt(at % Math.max(1, a.length)) ^ b.charCodeAt(at);
  return difference === 0;
}
