import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { AppShape, EntryShape } from 'lockstep/admin-api/answers';
import { useDeferredValue, useState } from 'react';
import { type Page, pageQuery } from '../api/use-api.ts';
import { usePhrases } from '../phrases/use-phrases.ts';
import { findPlaces, type Place } from './find-places.ts';
import { appPhrases } from './phrases.ts';

/** So many apps and people are shown at most. */
const HITS = 6;

/** Finds pages, apps and people by name, and goes there. */
export function PaletteWindow({ onClose }: { readonly onClose: () => void }) {
  const say = usePhrases(appPhrases);
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const apps = useQuery(pageQuery<Page<AppShape>>(['apps'], { search, limit: HITS }));
  const people = useQuery({
    ...pageQuery<Page<EntryShape>>(['directory', 'users'], { search, limit: HITS }),
    enabled: search.length > 1,
  });
  const places = findPlaces({
    text,
    say,
    apps: apps.data?.items ?? [],
    people: search.length > 1 ? (people.data?.items ?? []) : [],
  });
  const go = (place: Place): void => {
    onClose();
    void navigate({ to: place.path });
  };
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          aria-label={say('find')}
          className="fixed top-[12vh] left-1/2 z-50 w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 rounded-lg border border-border bg-surface shadow-xl"
        >
          <Autocomplete.Root
            open
            inline
            items={places}
            mode="none"
            autoHighlight="always"
            value={text}
            onValueChange={(value) => setText(value)}
            itemToStringValue={(place: Place) => place.label}
          >
            <Autocomplete.Input
              aria-label={say('find')}
              placeholder={say('find')}
              className="w-full rounded-t-lg border-border border-b bg-surface px-4 py-3"
            />
            <Autocomplete.Empty className="px-4 py-3 text-muted empty:hidden">{say('nothingFound')}</Autocomplete.Empty>
            <Autocomplete.List className="max-h-80 overflow-auto py-1">
              {(place: Place) => (
                <Autocomplete.Item
                  key={place.path}
                  value={place}
                  onClick={() => go(place)}
                  className="flex cursor-pointer justify-between gap-3 px-4 py-2 data-highlighted:bg-accent-soft"
                >
                  <span className="truncate">{place.label}</span>
                  <span className="text-muted text-xs">{place.kind}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
