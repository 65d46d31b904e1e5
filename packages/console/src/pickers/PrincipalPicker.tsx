import { Combobox } from '@base-ui/react/combobox';
import { useQuery } from '@tanstack/react-query';
import type { EntryShape } from 'lockstep/admin-api/answers';
import { useDeferredValue, useId, useState } from 'react';
import { type Page, pageQuery } from '../api/use-api.ts';
import { usePhrases } from '../phrases/use-phrases.ts';
import { pickerPhrases } from './phrases.ts';

/** A person or group that was picked. */
export interface Principal {
  readonly objectId: string;
  readonly type: 'User' | 'Group';
  readonly label: string;
  /** Tells two of the same name apart. */
  readonly detail: string;
}

interface PrincipalPickerProps {
  readonly kind: 'users' | 'groups';
  readonly value: Principal | undefined;
  readonly onPick: (principal: Principal | undefined) => void;
  readonly label?: string;
  /** What is wrong with it; read out with the field. */
  readonly error?: string | undefined;
}

const HITS = 12;

/** Finds a person or group by the beginning of a name; the server searches. */
export function PrincipalPicker({ kind, value, onPick, label, error }: PrincipalPickerProps) {
  const say = usePhrases(pickerPhrases);
  const id = useId();
  const [text, setText] = useState(value?.label ?? '');
  const search = useDeferredValue(text.trim());
  const query = useQuery(
    pageQuery<Page<EntryShape>>(['directory', kind], { search: search === value?.label ? '' : search, limit: HITS }),
  );
  const items = (query.data?.items ?? []).map(showPrincipal);
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label ?? say(kind === 'users' ? 'person' : 'group')}
      </label>
      <Combobox.Root
        items={items}
        filter={null}
        value={value ?? null}
        onValueChange={(picked: Principal | null) => onPick(picked ?? undefined)}
        onInputValueChange={setText}
        itemToStringLabel={(one: Principal) => one.label}
        isItemEqualToValue={(one: Principal, other: Principal) => one.objectId === other.objectId}
      >
        <Combobox.Input
          id={id}
          placeholder={say('typeName')}
          className="control"
          {...(error === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-error` })}
        />
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={4} className="z-60">
            <Combobox.Popup className="max-h-72 w-(--anchor-width) min-w-72 overflow-auto rounded-md border border-border bg-surface py-1 shadow-lg">
              <Combobox.Empty className="px-3 py-2 text-muted empty:hidden">
                {query.isFetching ? say('searching') : say('none')}
              </Combobox.Empty>
              <Combobox.List>
                {(one: Principal) => (
                  <Combobox.Item
                    key={one.objectId}
                    value={one}
                    className="cursor-pointer px-3 py-1.5 data-highlighted:bg-accent-soft"
                  >
                    <span className="block">{one.label}</span>
                    <span className="block text-muted text-xs">{one.detail}</span>
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
      {error !== undefined && (
        <div id={`${id}-error`} className="text-danger text-xs" role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

/** A person or group of the directory, as pickers and lists show it. */
export function showPrincipal(entry: EntryShape): Principal {
  const detail = entry['userPrincipalName'] ?? entry['mail'] ?? entry['description'] ?? entry.objectId;
  return {
    objectId: entry.objectId,
    type: entry.type,
    label: String(entry['displayName'] ?? entry.objectId),
    detail: String(detail),
  };
}
