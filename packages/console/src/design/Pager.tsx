import { usePhrases } from '../phrases/use-phrases.ts';
import { Button } from './Button.tsx';
import { designPhrases } from './phrases.ts';

interface PagerProps {
  /** Where the page on screen begins; absent on the first. */
  readonly after: string | undefined;
  /** Where the next one begins; absent on the last. */
  readonly next: string | undefined;
  /** Puts the place into the address, so that the browser's back button goes a page back. */
  readonly onGo: (after: string | undefined) => void;
  /** Such as "1,000 people". */
  readonly summary?: string;
}

/** Moves through a list that the server pages. */
export function Pager({ after, next, onGo, summary }: PagerProps) {
  const say = usePhrases(designPhrases);
  if (after === undefined && next === undefined && summary === undefined) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-border border-t px-4 py-2 text-muted">
      <span>{summary}</span>
      {(after !== undefined || next !== undefined) && (
        <span className="flex gap-2">
          <Button kind="quiet" disabled={after === undefined} onClick={() => onGo(undefined)}>
            {say('first')}
          </Button>
          <Button disabled={next === undefined} onClick={() => onGo(next)}>
            {say('next')}
          </Button>
        </span>
      )}
    </div>
  );
}
