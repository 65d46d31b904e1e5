import type { Locale } from './locale.ts';

/** The texts of one part of the console in every language. A key that one language lacks does not compile. */
export interface Catalogue<K extends string> {
  readonly en: Readonly<Record<K, string>>;
  readonly nl: Readonly<Record<K, string>>;
}

/** Values for the places of a phrase. */
export type PhraseValues = Readonly<Record<string, string | number>>;

/** Says a phrase of a catalogue. */
export type Say<K extends string> = (key: K, values?: PhraseValues) => string;

/**
 * Fills a phrase. `{name}` is a value, numbers as the language writes them; `{count|one|other}` is a choice by number, where
 * `#` stands for it.
 */
export function fillPhrase(phrase: string, values: PhraseValues, locale: Locale): string {
  return phrase.replace(
    /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g,
    (whole, name: string, one?: string, other?: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      const text = typeof value === 'number' ? value.toLocaleString(locale) : value;
      if (one === undefined || other === undefined) return text;
      return (value === 1 ? one : other).replaceAll('#', text);
    },
  );
}

/** A speaker of a catalogue in a language. */
export function sayIn<K extends string>(catalogue: Catalogue<K>, locale: Locale): Say<K> {
  return (key, values = {}) => fillPhrase(catalogue[locale][key], values, locale);
}
