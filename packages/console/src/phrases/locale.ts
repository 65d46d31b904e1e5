/** Languages of the console. A new one needs its column in each catalogue; the compiler names what is missing. */
export const locales = ['en', 'nl'] as const;

/** A language of the console, as a BCP 47 tag. */
export type Locale = (typeof locales)[number];

/** A text that names a language of the console; `undefined` for any other. */
export function readLocale(text: string | null | undefined): Locale | undefined {
  return locales.find((locale) => locale === text);
}

/** The first of a browser's languages that the console speaks; English when there is none. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const locale = readLocale(language.toLowerCase().split('-')[0]);
    if (locale !== undefined) return locale;
  }
  return 'en';
}
