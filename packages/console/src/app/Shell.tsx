import { Link, type LinkProps, Outlet, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { classNames } from '../design/class-names.ts';
import { Toasts } from '../design/Toasts.tsx';
import { usePhrases } from '../phrases/use-phrases.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { appPhrases } from './phrases.ts';

type Place = 'home' | 'apps' | 'directory' | 'logs' | 'providers' | 'settings';

const PLACES: readonly (readonly [Place, LinkProps])[] = [
  ['home', { to: '/' }],
  ['apps', { to: '/apps' }],
  ['directory', { to: '/directory/users' }],
  ['logs', { to: '/logs' }],
  ['providers', { to: '/providers' }],
  ['settings', { to: '/settings' }],
];

/** Paths below these mark the place as the one on screen. */
const BELOW: Readonly<Record<Place, string>> = {
  home: '/',
  apps: '/apps',
  directory: '/directory',
  logs: '/logs',
  providers: '/providers',
  settings: '/settings',
};

/** The frame around every page: main menu, search, account. */
export function Shell() {
  const say = usePhrases(appPhrases);
  const [isMenuOpen, setMenuOpen] = useState(false);
  return (
    <div className="flex min-h-full flex-col md:flex-row">
      <a
        href="#content"
        className="sr-only rounded bg-surface px-3 py-2 focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50"
      >
        {say('skip')}
      </a>
      <header className="flex shrink-0 flex-wrap items-center gap-x-2 border-border border-b bg-surface px-3 py-2 md:sticky md:top-0 md:h-screen md:w-56 md:flex-col md:flex-nowrap md:items-stretch md:border-r md:border-b-0 md:py-4">
        <Link to="/" className="flex items-center gap-2 px-2 font-semibold text-base text-text no-underline md:mb-4">
          <img src="/icon.svg" alt="" width="24" height="24" />
          Lockstep
        </Link>
        <button
          type="button"
          className="ml-auto rounded px-2 py-1 hover:bg-hover md:hidden"
          aria-expanded={isMenuOpen}
          aria-controls="main-menu"
          onClick={() => setMenuOpen(!isMenuOpen)}
        >
          {say('menu')}
        </button>
        <div
          id="main-menu"
          className={classNames('w-full flex-col gap-4 md:flex md:flex-1', isMenuOpen ? 'flex' : 'hidden')}
        >
          <CommandPalette />
          <nav aria-label={say('mainMenu')} className="md:flex-1">
            <ul className="grid gap-0.5">
              {PLACES.map(([place, link]) => (
                <li key={place}>
                  <PlaceLink place={place} link={link} label={say(place)} onGo={() => setMenuOpen(false)} />
                </li>
              ))}
            </ul>
          </nav>
          <AccountMenu />
        </div>
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 py-5 outline-none md:px-8">
        <Outlet />
      </main>
      <Toasts />
    </div>
  );
}

function PlaceLink({
  place,
  link,
  label,
  onGo,
}: {
  readonly place: Place;
  readonly link: LinkProps;
  readonly label: string;
  readonly onGo: () => void;
}) {
  const path = useLocation({ select: ({ pathname }) => pathname });
  const isHere = place === 'home' ? path === '/' : path.startsWith(BELOW[place]);
  return (
    <Link
      {...link}
      onClick={onGo}
      aria-current={isHere ? 'page' : undefined}
      className={classNames(
        'block rounded-md px-2 py-1.5 no-underline',
        isHere ? 'bg-accent-soft font-medium text-accent' : 'text-text hover:bg-hover',
      )}
    >
      {label}
    </Link>
  );
}
