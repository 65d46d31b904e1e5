import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { usePhrases } from '../phrases/use-phrases.ts';
import { classNames } from './class-names.ts';
import { designPhrases } from './phrases.ts';

export interface DialogWindowProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at the end. */
  readonly actions?: ReactNode;
  /** `drawer` slides in at the right and leaves the page readable. Default `window`. */
  readonly as?: 'window' | 'drawer';
  /** Keeps it open when somebody presses beside it, for texts that are shown once. */
  readonly isSticky?: boolean;
}

const FORMS = {
  window: 'top-[10vh] left-1/2 max-h-[80vh] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 rounded-lg',
  drawer: 'inset-y-0 right-0 w-[min(48rem,100vw)] border-y-0 border-r-0',
} as const;

/** A window above the page. Focus stays in it and goes back to where it came from. */
export function DialogWindow(props: DialogWindowProps) {
  const { isOpen, onClose, title, children, actions, as = 'window', isSticky = false } = props;
  const say = usePhrases(designPhrases);
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => open || onClose()} disablePointerDismissal={isSticky}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          className={classNames('fixed z-50 flex flex-col border border-border bg-surface shadow-xl', FORMS[as])}
        >
          <header className="flex items-start justify-between gap-3 border-border border-b px-4 py-3">
            <Base.Title className="min-w-0 break-words font-semibold text-base">{title}</Base.Title>
            <Base.Close className="rounded px-2 hover:bg-hover" aria-label={say('close')}>
              <span aria-hidden="true">✕</span>
            </Base.Close>
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (axe scrollable-region-focusable) */}
          <section className="min-h-0 flex-1 overflow-auto px-4 py-3" tabIndex={0} aria-label={title}>
            {children}
          </section>
          {actions !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-border border-t px-4 py-3">{actions}</footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
