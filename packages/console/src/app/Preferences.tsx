import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { LocaleContext } from '../phrases/use-phrases.ts';
import { chosenLocale, keepLocale, keepTheme, readTheme, type Theme } from './preferences.ts';

interface ThemeChoice {
  readonly theme: Theme;
  readonly choose: (theme: Theme) => void;
}

const ThemeContext = createContext<ThemeChoice>({ theme: 'system', choose: () => undefined });

/** The appearance on screen. */
export function useTheme(): ThemeChoice {
  return use(ThemeContext);
}

/** Language and appearance for everything below. */
export function Preferences({ children }: { readonly children: ReactNode }) {
  const [locale, setLocale] = useState(() => chosenLocale(localStorage, navigator.languages));
  const [theme, setTheme] = useState(() => readTheme(localStorage));
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  const localeChoice = useMemo(
    () => ({ locale, choose: (next: typeof locale) => setLocale(keepLocale(localStorage, next)) }),
    [locale],
  );
  const themeChoice = useMemo(
    () => ({ theme, choose: (next: Theme) => setTheme(keepTheme(localStorage, next)) }),
    [theme],
  );
  return (
    <LocaleContext value={localeChoice}>
      <ThemeContext value={themeChoice}>{children}</ThemeContext>
    </LocaleContext>
  );
}
