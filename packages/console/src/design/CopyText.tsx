import { useState } from 'react';
import { usePhrases } from '../phrases/use-phrases.ts';
import { Notice } from './Badge.tsx';
import { Button } from './Button.tsx';
import { designPhrases } from './phrases.ts';

/** A text to take along, with a button that copies it. */
export function CopyText({ label, text }: { readonly label: string; readonly text: string }) {
  const say = usePhrases(designPhrases);
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className="flex items-center gap-2">
      <code className="min-w-0 flex-1 select-all break-all rounded bg-hover px-2 py-1 font-mono text-xs">{text}</code>
      <Button onClick={copy} aria-label={`${say('copy')}: ${label}`}>
        {say(isCopied ? 'copied' : 'copy')}
      </Button>
      <span className="sr-only" aria-live="polite">
        {isCopied ? say('copied') : ''}
      </span>
    </div>
  );
}

/** A secret at the one moment it is known. */
export function SecretOnce({ label, text }: { readonly label: string; readonly text: string }) {
  const say = usePhrases(designPhrases);
  return (
    <div className="grid gap-2">
      <Notice tone="warning" title={label}>
        {say('shownOnce')}
      </Notice>
      <CopyText label={label} text={text} />
    </div>
  );
}

/** Text as it went over the wire. */
export function CodeBlock({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section aria-label={label} tabIndex={0} className="max-h-80 overflow-auto rounded-md bg-hover p-3">
      <pre className="whitespace-pre-wrap break-all font-mono text-xs">{text}</pre>
    </section>
  );
}
