import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { buttonClass } from '../design/Button.tsx';
import { PageHeader } from '../design/Panel.tsx';
import { EmptyState, ErrorState } from '../design/states.tsx';
import { usePhrases } from '../phrases/use-phrases.ts';
import { appPhrases } from './phrases.ts';

/** An address that leads nowhere. */
export function MissingPage() {
  const say = usePhrases(appPhrases);
  return (
    <>
      <PageHeader title={say('notFound')} />
      <EmptyState title={say('notFoundText')} action={<HomeLink />} />
    </>
  );
}

/** A page whose own code failed; the rest of the console goes on. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const say = usePhrases(appPhrases);
  return (
    <>
      <PageHeader title={say('broken')} actions={<HomeLink />} />
      <ErrorState error={error} onRetry={reset} />
    </>
  );
}

function HomeLink() {
  const say = usePhrases(appPhrases);
  return (
    <Link to="/" className={buttonClass('primary')}>
      {say('goHome')}
    </Link>
  );
}
