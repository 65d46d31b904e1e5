import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const HERE = { className: 'border-accent text-text', 'aria-current': 'page' } as const;
const ELSEWHERE = { className: 'border-transparent text-muted hover:text-text' } as const;

/** A tab with an address of its own. */
export interface LinkTab {
  readonly label: string;
  readonly link: LinkProps;
  /** For tabs that differ in a parameter of one address: whether it is the one on screen. Else the path tells. */
  readonly isHere?: boolean;
  /** Such as a count of what waits there. */
  readonly badge?: ReactNode;
}

interface LinkTabsProps {
  readonly label: string;
  readonly tabs: readonly LinkTab[];
}

/** Tabs that are links, so that each can be bookmarked and opened beside. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  return (
    <nav aria-label={label} className="mb-4 border-border border-b">
      <ul className="flex flex-wrap gap-x-1">
        {tabs.map((tab) => (
          <li key={tab.label}>
            <Link
              {...tab.link}
              activeOptions={{ exact: true, includeSearch: false }}
              activeProps={tab.isHere === undefined ? HERE : {}}
              inactiveProps={tab.isHere === undefined ? ELSEWHERE : {}}
              {...(tab.isHere === undefined ? {} : { 'aria-current': tab.isHere ? 'page' : undefined })}
              className={classNames(
                'flex items-center gap-1.5 whitespace-nowrap border-b-2 px-3 py-2 font-medium no-underline',
                tab.isHere === true && HERE.className,
                tab.isHere === false && ELSEWHERE.className,
              )}
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
