import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery } from '../api/me.ts';
import { buttonClass } from '../design/Button.tsx';
import { SelectField } from '../design/Field.tsx';
import { locales } from '../phrases/locale.ts';
import { useLocale, usePhrases } from '../phrases/use-phrases.ts';
import { useTheme } from './Preferences.tsx';
import { appPhrases } from './phrases.ts';

const LANGUAGES = { en: 'English', nl: 'Nederlands' } as const;

/** Who is signed in, the way out, language and appearance. */
export function AccountMenu() {
  const say = usePhrases(appPhrases);
  const { locale, choose } = useLocale();
  const { theme, choose: chooseTheme } = useTheme();
  const { data } = useQuery(meQuery);
  const themes = [
    { value: 'system', label: say('themeSystem') },
    { value: 'light', label: say('themeLight') },
    { value: 'dark', label: say('themeDark') },
  ] as const;
  return (
    <div className="grid gap-2 border-border border-t pt-3">
      <div className="grid grid-cols-2 gap-2">
        <SelectField label={say('theme')} value={theme} choices={themes} onValue={chooseTheme} />
        <SelectField
          label={say('language')}
          value={locale}
          choices={locales.map((value) => ({ value, label: LANGUAGES[value] }))}
          onValue={choose}
        />
      </div>
      {data !== undefined && (
        <p className="truncate px-1 text-muted text-xs" title={data.name}>
          {say('signedInAs', { name: data.name })}
        </p>
      )}
      {/* A form of the server's own pages: it ends the session and goes to the sign-in page, with or without this script. */}
      <form method="post" action="/sign-out" className="flex gap-2">
        <Link to="/settings/account" className={buttonClass('quiet', 'flex-1 text-text')}>
          {say('account')}
        </Link>
        <button type="submit" className={buttonClass('secondary', 'flex-1')}>
          {say('signOut')}
        </button>
      </form>
    </div>
  );
}
