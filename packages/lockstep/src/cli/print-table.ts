/** A table as text: one header, then rows of as many cells. Columns of numbers stand to the right. */
export function tableText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, at) => Math.max(...[title, ...rows.map((row) => row[at] ?? '')].map(shownWidth)));
  const isNumeric = header.map((_, at) => rows.length > 0 && rows.every((row) => /^[\d.,]*$/.test(row[at] ?? '')));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => pad(cell, widths[at] ?? 0, isNumeric[at] === true))
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function pad(text: string, width: number, isRight: boolean): string {
  const space = ' '.repeat(Math.max(0, width - shownWidth(text)));
  return isRight ? space + text : text + space;
}

const MARKS = /[\p{M}\p{Cf}]/u;
/** Signs that take two columns of a terminal (Unicode Standard Annex 11, the blocks of CJK, kana and Hangul). */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uFF00-\uFF60\u3000-\u303F]/u;

/** How many columns of a terminal a text takes. */
export function shownWidth(text: string): number {
  let width = 0;
  for (const sign of text) {
    if (MARKS.test(sign)) continue;
    width += WIDE.test(sign) ? 2 : 1;
  }
  return width;
}

/**
 * A text for one line of a terminal: control characters, with which a name could redraw the screen, show as `?`, and so
 * do the signs that turn the direction of what follows.
 */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '?');
}
