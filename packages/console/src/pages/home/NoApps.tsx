import { Link } from '@tanstack/react-router';
import { buttonClass } from '../../design/Button.tsx';
import { EmptyState } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { homePhrases } from './phrases.ts';

/** In place of a list of apps: none yet, or none of that name. */
export function NoApps({ isSearched = false }: { readonly isSearched?: boolean }) {
  const say = usePhrases(homePhrases);
  const action = isSearched ? (
    <Link to="/apps" className={buttonClass()}>
      {say('allApps')}
    </Link>
  ) : (
    <Link to="/gallery" className={buttonClass('primary')}>
      {say('gallery')}
    </Link>
  );
  return (
    <EmptyState title={say(isSearched ? 'noneFound' : 'none')} action={action}>
      {isSearched ? undefined : say('noneText')}
    </EmptyState>
  );
}
