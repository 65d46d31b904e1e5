/** Letters that do not fall apart into a base letter and a mark. */
const WHOLE_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/**
 * A name in Latin script as it would stand in an address: lower case, no marks, no spaces, a straight apostrophe kept
 * (allowed in user principal names: Entra docs "Username policies").
 */
export function addressPart(latin: string): string {
  return latin
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\p{L}--[a-z]]/gv, (letter) => WHOLE_LETTERS[letter] ?? '')
    .replace(/[^a-z0-9'-]/g, '');
}
