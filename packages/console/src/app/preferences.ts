import { type Locale, preferredLocale, readLocale } from '../phrases/locale.ts';

/** Light, dark, or whatever the system says. */
export type Theme = 'system' | 'light' | 'dark';

const THEME_KEY = 'lockstep.theme';
const LOCALE_KEY = 'lockstep.locale';

/** Where choices are kept: `localStorage`, which a browser may refuse. */
export type PreferenceStore = Pick<Storage, 'getItem' | 'setItem'>;

/** The appearance chosen in this browser. */
export function readTheme(store: PreferenceStore): Theme {
  const text = quietly(() => store.getItem(THEME_KEY));
  return text === 'light' || text === 'dark' ? text : 'system';
}

/** Keeps a choice and returns it. */
export function keepTheme(store: PreferenceStore, theme: Theme): Theme {
  quietly(() => store.setItem(THEME_KEY, theme));
  return theme;
}

/** The language chosen in this browser, else the first of its own that the console speaks. */
export function chosenLocale(store: PreferenceStore, languages: readonly string[]): Locale {
  return readLocale(quietly(() => store.getItem(LOCALE_KEY))) ?? preferredLocale(languages);
}

/** Keeps a choice and returns it. */
export function keepLocale(store: PreferenceStore, locale: Locale): Locale {
  quietly(() => store.setItem(LOCALE_KEY, locale));
  return locale;
}

/** A browser that keeps nothing (private windows, blocked storage) still shows the console. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
