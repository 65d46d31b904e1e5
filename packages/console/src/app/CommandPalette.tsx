import { lazy, Suspense, useEffect, useState } from 'react';
import { usePhrases } from '../phrases/use-phrases.ts';
import { appPhrases } from './phrases.ts';

const PaletteWindow = lazy(() =>
  import('./PaletteWindow.tsx').then(({ PaletteWindow: component }) => ({ default: component })),
);

/** The button and the key (Ctrl K, or Cmd K) that open the search over pages, apps and people. */
export function CommandPalette() {
  const say = usePhrases(appPhrases);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen((open) => !open);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="control flex items-center justify-between gap-2 text-left text-muted hover:bg-hover"
      >
        <span className="truncate">{say('find')}</span>
        <kbd className="whitespace-nowrap font-sans text-xs">{say('findHint')}</kbd>
      </button>
      {isOpen && (
        <Suspense>
          <PaletteWindow onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
