import { createContext, use } from 'react';
import type { Locale } from './locale.ts';
import { type Catalogue, type Say, sayIn } from './phrase.ts';

/** The language on screen, and how to change it. */
export interface LocaleChoice {
  readonly locale: Locale;
  readonly choose: (locale: Locale) => void;
}

export const LocaleContext = createContext<LocaleChoice>({ locale: 'en', choose: () => undefined });

/** The language on screen. */
export function useLocale(): LocaleChoice {
  return use(LocaleContext);
}

/** Texts of a part of the console in the language on screen. */
export function usePhrases<K extends string>(catalogue: Catalogue<K>): Say<K> {
  return sayIn(catalogue, useLocale().locale);
}
