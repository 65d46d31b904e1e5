/**
 * Folds text for comparison where `caseExact` is false: NFC, then lower case. The result is a key to compare or
 * index by, never text to show. Folding twice changes nothing.
 */
export function foldText(text: string): string {
  return isAscii(text) ? text.toLowerCase() : foldWide(text);
}

/**
 * Whether `text` folds to `folded`, which has to be folded already. Most pairs differ in their first characters, so
 * this decides without building the folded text.
 */
export function equalsFolded(text: string, folded: string): boolean {
  const length = text.length;
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    const wanted = folded.charCodeAt(index);
    // Two different ASCII characters can never be joined by what follows them; anything wider can.
    if (code > 127 || wanted > 127) return foldWide(text) === folded;
    if ((code >= 65 && code <= 90 ? code + 32 : code) !== wanted) return false;
  }
  return folded.length === length;
}

function foldWide(text: string): string {
  // Lower-casing can leave a pair of characters that NFC joins, so the order of marks is settled once more.
  return text.normalize('NFC').toLowerCase().normalize('NFC');
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 127) return false;
  }
  return true;
}
