/**
 * What NormalizeDiacritics replaces: result, then the replaced characters in composed form, separated by blanks (Entra docs
 * "Reference for writing expressions", table of NormalizeDiacritics). Characters that are not here stay as they are.
 */
const table: readonly (readonly [string, string])[] = [
  [
    'a',
    '\u00E4 \u00E0 \u00E2 \u00E3 \u00E5 \u00E1 \u0105 \u0103 \u0101 \u0101\u0301 \u0101\u0300 \u0101\u0302 \u0101\u0303 \u01DF \u0101\u0308 \u01E1 \u0061\u0331 \u00E5\u0304',
  ],
  [
    'A',
    '\u00C4 \u00C0 \u00C2 \u00C3 \u00C5 \u00C1 \u0104 \u0102 \u0100 \u0100\u0301 \u0100\u0300 \u0100\u0302 \u0100\u0303 \u01DE \u0100\u0308 \u01E0 \u0041\u0331 \u00C5\u0304',
  ],
  ['ae', '\u00E6 \u01E3'],
  ['AE', '\u00C6 \u01E2'],
  ['c', '\u00E7 \u010D \u0107 \u0063\u0304 \u0063\u0331'],
  ['C', '\u00C7 \u010C \u0106 \u0043\u0304 \u0043\u0331'],
  ['d', '\u010F \u0064\u0304 \u1E0F'],
  ['D', '\u010E \u0044\u0304 \u1E0E'],
  [
    'e',
    '\u00EB \u00E8 \u00E9 \u00EA \u0119 \u011B \u0117 \u0113 \u1E17 \u1E15 \u0113\u0302 \u0113\u0303 \u00EA\u0304 \u0065\u0331 \u00EB\u0304 \u0065\u030A\u0304',
  ],
  [
    'E',
    '\u00CB \u00C8 \u00C9 \u00CA \u0118 \u011A \u0116 \u0112 \u1E16 \u1E14 \u0112\u0302 \u0112\u0303 \u00CA\u0304 \u0045\u0331 \u00CB\u0304 \u0045\u030A\u0304',
  ],
  ['g', '\u011F \u1E21 \u0067\u0331'],
  ['G', '\u011E \u1E20 \u0047\u0331'],
  ['i', '\u00EF \u00EE \u00EC \u00ED \u0131 \u012B \u012B\u0301 \u012B\u0300 \u012B\u0302 \u012B\u0303 \u0069\u0331'],
  ['I', '\u00CF \u00CE \u00CC \u00CD \u0130 \u012A \u012A\u0301 \u012A\u0300 \u012A\u0302 \u012A\u0303 \u0049\u0331'],
  ['l', '\u013E \u0142 \u006C\u0304 \u1E39 \u1E3B'],
  ['L', '\u0141 \u013D \u004C\u0304 \u1E38 \u1E3A'],
  ['n', '\u00F1 \u0144 \u0148 \u006E\u0304 \u1E49'],
  ['N', '\u00D1 \u0143 \u0147 \u004E\u0304 \u1E48'],
  [
    'o',
    '\u00F6 \u00F2 \u0151 \u00F5 \u00F4 \u00F3 \u014D \u1E53 \u1E51 \u014D\u0302 \u014D\u0303 \u022B \u014D\u0308 \u01ED \u022D \u0231 \u006F\u0331',
  ],
  [
    'O',
    '\u00D6 \u00D2 \u0150 \u00D5 \u00D4 \u00D3 \u014C \u1E52 \u1E50 \u014C\u0302 \u014C\u0303 \u022A \u014C\u0308 \u01EC \u022C \u0230 \u004F\u0331',
  ],
  ['oe', '\u00F8 \u00F8\u0304 \u0153\u0304'],
  ['OE', '\u00D8 \u00D8\u0304 \u0152\u0304'],
  ['r', '\u0159 \u0072\u0304 \u1E5F \u1E5D'],
  ['R', '\u0158 \u0052\u0304 \u1E5E \u1E5C'],
  ['ss', '\u00DF'],
  ['s', '\u0161 \u015B \u0219 \u015F \u0073\u0304 \u0073\u0331'],
  ['S', '\u0160 \u015A \u0218 \u015E \u0053\u0304 \u0053\u0331'],
  ['t', '\u0165 \u021B \u0074\u0304 \u1E6F'],
  ['T', '\u0164 \u021A \u0054\u0304 \u1E6E'],
  [
    'u',
    '\u00FC \u00F9 \u00FB \u00FA \u016F \u0171 \u016B \u016B\u0301 \u016B\u0300 \u016B\u0302 \u016B\u0303 \u0075\u0307\u0304 \u01D6 \u1E7B \u1E73\u0304 \u0075\u0331',
  ],
  [
    'U',
    '\u00DC \u00D9 \u00DB \u00DA \u016E \u0170 \u016A \u016A\u0301 \u016A\u0300 \u016A\u0302 \u016A\u0303 \u0055\u0307\u0304 \u01D5 \u1E7A \u1E72\u0304 \u0055\u0331',
  ],
  ['y', '\u00FF \u00FD \u0233 \u0233\u0301 \u0233\u0300 \u0233\u0303 \u0079\u0331'],
  ['Y', '\u0178 \u00DD \u0232 \u0232\u0301 \u0232\u0300 \u0232\u0303 \u0059\u0331'],
  ['z', '\u017A \u017E \u017C \u007A\u0304 \u1E95'],
  ['Z', '\u0179 \u017D \u017B \u005A\u0304 \u1E94'],
];

const replacements: ReadonlyMap<string, string> = new Map(
  table.flatMap(([result, sources]) => sources.split(' ').map((source) => [source.normalize('NFC'), result] as const)),
);

/** Longest replaced sequence, in UTF-16 units. */
const LONGEST = Math.max(...[...replacements.keys()].map((source) => source.length));

/** Replaces letters with diacritics by plain ones, longest sequence first. The text is composed (NFC) before. */
export function normalizeDiacritics(text: string): string {
  const composed = text.normalize('NFC');
  let result = '';
  let at = 0;
  while (at < composed.length) {
    const [plain, length] = replacementAt(composed, at);
    result += plain;
    at += length;
  }
  return result;
}

function replacementAt(text: string, at: number): readonly [string, number] {
  if (!startsReplacement(text, at)) return [text.charAt(at), 1];
  for (let length = Math.min(LONGEST, text.length - at); length > 0; length -= 1) {
    const plain = replacements.get(text.slice(at, at + length));
    if (plain !== undefined) return [plain, length];
  }
  return [text.charAt(at), 1];
}

/** A plain ASCII letter matters only before a combining mark. */
function startsReplacement(text: string, at: number): boolean {
  return text.charCodeAt(at) > 0x7f || text.charCodeAt(at + 1) > 0x7f;
}
