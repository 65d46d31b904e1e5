import { RE2JS } from 're2js';
import { type TranslatedPattern, translatePattern } from './regex-translation.ts';

/** One match: the span of the whole, and of each group by number as .NET counts them. Spans not taken part in are absent. */
export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  group(key: number | string): Span | undefined;
}

/** Characters from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A pattern that runs in linear time. Look-around, back-references and atomic groups do not exist; everything else reads as
 * in .NET, whose character classes are Unicode-wide and whose named groups are numbered behind the unnamed ones.
 */
export interface Regex {
  readonly groupNames: readonly string[];
  readonly groupCount: number;
  /** Whether the pattern matches anywhere in the text. */
  test(text: string): boolean;
  /** The first match at or behind a place. */
  find(text: string, from: number): RegexMatch | undefined;
}

/** Why a pattern cannot be used. */
export interface RegexProblem {
  readonly problem: string;
}

/** Longest pattern, in characters. */
const PATTERN_LENGTH_MAX = 1_000;

/** Compiles a pattern of an administrator, or says what is wrong with it. */
export function compileRegex(pattern: string): Regex | RegexProblem {
  if (pattern.length > PATTERN_LENGTH_MAX) {
    return { problem: `a pattern has at most ${PATTERN_LENGTH_MAX} characters` };
  }
  const translated = translatePattern(pattern);
  if ('problem' in translated) return translated;
  try {
    return regexOver(RE2JS.compile(translated.pattern), translated);
  } catch (error) {
    return { problem: `the pattern cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Whether compiling failed. */
export function isRegexProblem(regex: Regex | RegexProblem): regex is RegexProblem {
  return 'problem' in regex;
}

function regexOver(compiled: RE2JS, { groups, hasEnd }: TranslatedPattern): Regex {
  const places = groupPlaces(groups);
  const search = (text: string, from: number): RegexMatch | undefined => {
    const matcher = compiled.matcher(text);
    if (from > text.length || !matcher.find(from)) return undefined;
    const group = (key: number | string): Span | undefined => {
      const place = places.get(key);
      if (place === undefined) return undefined;
      const start = matcher.start(place);
      return start < 0 ? undefined : { start, end: matcher.end(place) };
    };
    return { start: matcher.start(), end: matcher.end(), group };
  };
  const find = (text: string, from: number): RegexMatch | undefined => {
    const match = search(text, from);
    if (!hasEnd || !text.endsWith('\n')) return match;
    const early = search(text.slice(0, -1), from);
    return early !== undefined && (match === undefined || early.start < match.start) ? early : match;
  };
  return {
    groupNames: groups.filter((name) => name !== undefined),
    groupCount: groups.length,
    test: (text) => (hasEnd ? find(text, 0) !== undefined : compiled.matcher(text).find()),
    find,
  };
}

/** Group keys as .NET has them to the place from the left: unnamed groups are numbered first, then named ones. */
function groupPlaces(groups: readonly (string | undefined)[]): ReadonlyMap<number | string, number> {
  const places = new Map<number | string, number>([[0, 0]]);
  let number = 1;
  groups.forEach((name, index) => {
    if (name === undefined) places.set(number++, index + 1);
  });
  groups.forEach((name, index) => {
    if (name === undefined) return;
    places.set(name, index + 1);
    places.set(number++, index + 1);
  });
  return places;
}
