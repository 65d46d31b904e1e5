import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A tab with an address of its own. */
export interface LinkTab {
  readonly label: string;
  readonly link: LinkProps;
  /** Such as a count of what waits there. */
  readonly badge?: ReactNode;
}

interface LinkTabsProps {
  readonly label: string;
  readonly tabs: readonly LinkTab[];
  /** The tabs differ in a parameter of one address, not in the path. */
  readonly isBySearch?: boolean;
}

/** Tabs that are links, so that each can be bookmarked and opened beside. */
export function LinkTabs({ label, tabs, isBySearch = false }: LinkTabsProps) {
  return (
    <nav aria-label={label} className="mb-4 overflow-x-auto border-border border-b">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.label}>
            <Link
              {...tab.link}
              activeOptions={{ exact: true, includeSearch: isBySearch }}
              activeProps={{ className: 'border-accent text-text', 'aria-current': 'page' }}
              inactiveProps={{ className: 'border-transparent text-muted hover:text-text' }}
              className="flex items-center gap-1.5 whitespace-nowrap border-b-2 px-3 py-2 font-medium no-underline"
            >
              {tab.label}
              {tab.badge}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
