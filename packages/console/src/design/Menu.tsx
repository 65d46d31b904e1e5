import { Menu as Base } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import { type ButtonKind, buttonClass } from './Button.tsx';

/** One thing to choose in a menu. */
export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly onChoose: () => void;
  readonly isDisabled?: boolean;
  /** Takes something away. */
  readonly isDanger?: boolean;
}

interface MenuProps {
  readonly label: ReactNode;
  readonly kind?: ButtonKind;
  readonly entries: readonly MenuEntry[];
  /** Name for screen readers, when the label alone says too little. */
  readonly name?: string;
}

/** A button that opens a list of actions. */
export function Menu({ label, kind, entries, name }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger className={buttonClass(kind)} aria-label={name}>
        {label} <span aria-hidden="true">▾</span>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="z-50" sideOffset={4} align="end">
          <Base.Popup className="min-w-44 rounded-md border border-border bg-surface py-1 shadow-lg">
            {entries.map((entry) => (
              <Base.Item
                key={entry.id}
                disabled={entry.isDisabled ?? false}
                onClick={entry.onChoose}
                className={`cursor-pointer px-3 py-1.5 data-disabled:cursor-not-allowed data-disabled:text-muted data-highlighted:bg-hover ${entry.isDanger === true ? 'text-danger' : ''}`}
              >
                {entry.label}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
