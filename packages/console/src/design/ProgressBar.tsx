import { useRef } from 'react';
import { usePhrases } from '../phrases/use-phrases.ts';
import { designPhrases } from './phrases.ts';
import { percentOf, spokenStep } from './progress.ts';

interface ProgressBarProps {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

/** How far something is. Each 10 % is announced, not each step. */
export function ProgressBar({ label, done, total }: ProgressBarProps) {
  const say = usePhrases(designPhrases);
  const percent = percentOf(done, total);
  const spoken = useRef(0);
  spoken.current = spokenStep(spoken.current, percent);
  return (
    <div>
      <progress
        aria-label={label}
        max={100}
        value={percent}
        className="block h-2 w-full appearance-none overflow-hidden rounded-full bg-hover [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-hover [&::-webkit-progress-value]:bg-accent"
      >
        {percent} %
      </progress>
      <p className="sr-only" aria-live="polite">
        {say('percentDone', { label, percent: spoken.current })}
      </p>
    </div>
  );
}
