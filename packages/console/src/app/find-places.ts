import type { AppShape, EntryShape } from 'lockstep/admin-api/answers';
import type { Say } from '../phrases/phrase.ts';
import type { appPhrases } from './phrases.ts';

type AppPhrase = keyof typeof appPhrases.en;

/** Somewhere to go. */
export interface Place {
  readonly label: string;
  /** What it is, in a word. */
  readonly kind: string;
  readonly path: string;
}

const PAGES: readonly (readonly [AppPhrase, string])[] = [
  ['home', '/'],
  ['apps', '/apps'],
  ['people', '/directory/users'],
  ['groups', '/directory/groups'],
  ['logs', '/logs'],
  ['providers', '/providers'],
  ['settings', '/settings'],
  ['audit', '/settings/audit'],
  ['account', '/settings/account'],
  ['mail', '/settings/mail'],
  ['secrets', '/settings/secrets'],
  ['about', '/settings/about'],
];

export interface FindOptions {
  readonly text: string;
  readonly say: Say<AppPhrase>;
  /** Apps and people the server found; they come as they are. */
  readonly apps: readonly AppShape[];
  readonly people: readonly EntryShape[];
}

/** Pages whose name holds the text, then apps, then people. */
export function findPlaces({ text, say, apps, people }: FindOptions): readonly Place[] {
  const wanted = text.trim().toLocaleLowerCase();
  const pages = PAGES.map(([phrase, path]) => ({ label: say(phrase), kind: say('page'), path }));
  return [
    ...pages.filter(({ label }) => label.toLocaleLowerCase().includes(wanted)),
    ...apps
      .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
      .map(({ id, name }) => ({ label: name, kind: say('app'), path: `/apps/${encodeURIComponent(id)}` })),
    ...people.map((person) => ({
      label: String(person['displayName'] ?? person.objectId),
      kind: say('person'),
      path: `/directory/users/${encodeURIComponent(person.objectId)}`,
    })),
  ];
}
