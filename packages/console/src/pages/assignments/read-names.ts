/** Sign-in names, addresses or numbers from a pasted list: one a line, or parted by commas and semicolons; each once. */
export function readNames(text: string): readonly string[] {
  const names = text
    .split(/[\n,;]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}
