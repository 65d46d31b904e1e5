import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

interface PanelProps {
  readonly title?: string;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** Lets a table reach the edges. */
  readonly isFlush?: boolean;
}

/** A part of a page with its heading. */
export function Panel({ title, actions, children, className, isFlush = false }: PanelProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={title === undefined ? undefined : id}
      className={classNames('overflow-hidden rounded-lg border border-border bg-surface', className)}
    >
      {(title !== undefined || actions !== undefined) && (
        <header className="flex flex-wrap items-center justify-between gap-2 px-4 pt-3 pb-2">
          {title !== undefined && (
            <h2 id={id} className="font-semibold text-base">
              {title}
            </h2>
          )}
          {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
        </header>
      )}
      <div className={isFlush ? '' : 'px-4 py-3'}>{children}</div>
    </section>
  );
}

/** Facts by name. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(8rem,max-content)_1fr] gap-x-6 gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface PageHeaderProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** State of the thing, beside its name. */
  readonly badge?: ReactNode;
  readonly actions?: ReactNode;
}

/** The head of a page; its title is also the window's. */
export function PageHeader({ title, children, badge, actions }: PageHeaderProps) {
  return (
    <header className="mb-4 flex flex-wrap items-start justify-between gap-3">
      <title>{`${title} - Lockstep`}</title>
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="break-words font-semibold text-xl">{title}</h1>
          {badge}
        </div>
        {children !== undefined && <div className="mt-1 max-w-prose text-muted">{children}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
