import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** How much a button weighs: one `primary` a screen; `danger` for what takes something away. */
export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'quiet';

const KINDS: Readonly<Record<ButtonKind, string>> = {
  primary: 'bg-accent text-accent-text border-accent hover:opacity-90',
  secondary: 'bg-surface text-text border-control hover:bg-hover',
  danger: 'bg-surface text-danger border-danger hover:bg-danger-soft',
  quiet: 'bg-transparent text-text border-transparent hover:bg-hover',
};

/** Classes of a button, for links that look like one. */
export function buttonClass(kind: ButtonKind = 'secondary', extra?: string): string {
  return classNames(
    'inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md border px-3 py-1 font-medium no-underline',
    'disabled:cursor-not-allowed disabled:border-border disabled:bg-hover disabled:text-muted disabled:opacity-100',
    'aria-disabled:cursor-progress aria-disabled:border-border aria-disabled:bg-hover aria-disabled:text-muted',
    KINDS[kind],
    extra,
  );
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: ButtonKind;
  /** Work is under way: the button waits, says so to screen readers, and keeps the focus. */
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}

/** A button. Never submits a form unless `type="submit"`. */
export function Button({ kind, isBusy = false, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      onClick={(event) => (isBusy ? event.preventDefault() : onClick?.(event))}
      // A button that is disabled loses the focus, and whoever works by keyboard starts again at the top of the page.
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      className={buttonClass(kind, className)}
    >
      {children}
    </button>
  );
}
