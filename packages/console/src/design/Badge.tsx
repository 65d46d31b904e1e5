import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** What a state means to the reader. */
export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

const TONES: Readonly<Record<Tone, string>> = {
  neutral: 'bg-hover text-muted',
  accent: 'bg-accent-soft text-accent',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
};

/** A sign beside the word, so that no state is told by colour alone. */
const SIGNS: Readonly<Record<Tone, string>> = { neutral: '○', accent: '◔', success: '✓', warning: '!', danger: '✕' };

/** A state in a word. */
export function Badge({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1 whitespace-nowrap rounded-full px-2 py-0.5 font-medium text-xs',
        TONES[tone],
      )}
    >
      <span aria-hidden="true">{SIGNS[tone]}</span>
      {children}
    </span>
  );
}

const NOTICES: Readonly<Record<Tone, string>> = {
  neutral: 'border-border bg-surface',
  accent: 'border-accent bg-accent-soft',
  success: 'border-success bg-success-soft',
  warning: 'border-warning bg-warning-soft',
  danger: 'border-danger bg-danger-soft',
};

interface NoticeProps {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
  /** Buttons at its end. */
  readonly actions?: ReactNode;
  /** Spoken as soon as it appears. */
  readonly isAlert?: boolean;
}

/** Something the reader should know before going on. */
export function Notice({ tone = 'neutral', title, children, actions, isAlert = false }: NoticeProps) {
  return (
    <div
      role={isAlert ? 'alert' : undefined}
      className={classNames('flex flex-wrap items-start gap-3 rounded-md border-l-4 px-3 py-2', NOTICES[tone])}
    >
      <div className="min-w-0 flex-1 break-words">
        {title !== undefined && <p className="font-semibold">{title}</p>}
        {children}
      </div>
      {actions !== undefined && <div className="flex gap-2">{actions}</div>}
    </div>
  );
}
