/**
 * Splits the value of `attributes` or `excludedAttributes` at its commas, except those inside brackets or quotes.
 * Blanks around the names and empty names are dropped.
 */
export function splitAttributeList(text: string): readonly string[] {
  const names: string[] = [];
  let start = 0;
  for (const end of commaPlaces(text)) {
    const name = text.slice(start, end).trim();
    if (name !== '') names.push(name);
    start = end + 1;
  }
  return names;
}

/** The indexes of the dividing commas, and the end of the text. */
function commaPlaces(text: string): readonly number[] {
  const places: number[] = [];
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === '[') depth += 1;
    else if (character === ']') depth -= 1;
    else if (character === ',' && depth <= 0) places.push(index);
  }
  return [...places, text.length];
}
