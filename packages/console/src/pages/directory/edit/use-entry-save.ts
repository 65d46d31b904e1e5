import type { EntryShape } from 'lockstep/admin-api/answers';
import type { ApiError } from '../../../api/api-error.ts';
import type { Tagged } from '../../../api/call-api.ts';
import { useChange } from '../../../api/use-api.ts';

/** People or groups, as paths of the API name them. */
export type DirectoryKind = 'users' | 'groups';

interface EntrySaveOptions {
  readonly kind: DirectoryKind;
  /** What the form began with; absent for a new one. */
  readonly base: Tagged<EntryShape> | undefined;
  /** Reads the entry anew, when somebody else was faster. */
  readonly onRenew: (() => void) | undefined;
  readonly onSaved: (entry: EntryShape) => void;
}

interface EntrySave {
  readonly send: (changes: object) => void;
  readonly reset: () => void;
  readonly error: ApiError | null;
  readonly isPending: boolean;
  readonly isSuccess: boolean;
}

/** Sends what was typed: a new entry as a whole, a change on top of the state it was made from. */
export function useEntrySave({ kind, base, onRenew, onSaved }: EntrySaveOptions): EntrySave {
  const change = useChange<EntryShape | { readonly entry: EntryShape }>({
    renews: [['directory']],
    onDone: (answer) => onSaved(isWrapped(answer) ? answer.entry : answer),
  });
  const send = (body: object): void => {
    if (base === undefined) {
      change.mutate({ method: 'POST', path: ['directory', kind], body });
      return;
    }
    const path = ['directory', kind, base.value.objectId];
    change.mutate(
      { method: 'PATCH', path, body, ifMatch: base.etag },
      { onError: ({ code }) => code === 'outdated' && onRenew?.() },
    );
  };
  const { reset, error, isPending, isSuccess } = change;
  return { send, reset, error, isPending, isSuccess };
}

/** A creation answers the entry itself, a change the entry beside whether it changed. */
function isWrapped(answer: EntryShape | { readonly entry: EntryShape }): answer is { readonly entry: EntryShape } {
  return 'entry' in answer && !('objectId' in answer);
}
