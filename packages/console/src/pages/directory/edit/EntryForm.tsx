import type { DirectoryAttributeShape, EntryShape } from 'lockstep/admin-api/answers';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ApiError } from '../../../api/api-error.ts';
import type { Tagged } from '../../../api/call-api.ts';
import { Button } from '../../../design/Button.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { UnsavedGuard } from '../../../design/UnsavedGuard.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { AttributeSections } from './AttributeSections.tsx';
import { ownExtension, ownExtensionsOf } from './attribute-sections.ts';
import { changesOf, draftOf, rebase } from './entry-draft.ts';
import { OutdatedNotice } from './OutdatedNotice.tsx';
import { editPhrases } from './phrases.ts';
import { type DirectoryKind, useEntrySave } from './use-entry-save.ts';

interface EntryFormProps {
  readonly kind: DirectoryKind;
  readonly schema: readonly DirectoryAttributeShape[];
  /** As the server has it now; absent for a new one. */
  readonly known?: Tagged<EntryShape>;
  readonly onRenew?: () => void;
  readonly onSaved: (entry: EntryShape) => void;
  /** Leads away without saving. */
  readonly cancel: ReactNode;
}

/** Makes or changes a person or group. What somebody else saves meanwhile is told and never overwritten unseen. */
export function EntryForm({ kind, schema, known, onRenew, onSaved, cancel }: EntryFormProps) {
  const say = usePhrases(editPhrases);
  const [base, setBase] = useState(known);
  const [added, setAdded] = useState<readonly string[]>([]);
  const own = [...new Set([...ownExtensionsOf(Object.keys(known?.value ?? {})), ...added])];
  const attributes = [...schema, ...own.map(ownExtension)];
  const baseDraft = draftOf(base?.value, attributes);
  const [draft, setDraft] = useState(baseDraft);
  const changes = changesOf(draft, baseDraft, attributes);
  const isDirty = Object.keys(changes).length > 0;
  const save = useEntrySave({ kind, base, onRenew, onSaved });
  const isOutdated = known?.etag !== base?.etag && !save.isPending && !save.isSuccess;
  const adopt = (keepsMine: boolean): void => {
    const fresh = draftOf(known?.value, attributes);
    setBase(known);
    setDraft(keepsMine ? rebase(draft, baseDraft, fresh) : fresh);
  };
  if (isOutdated && !isDirty) adopt(false);
  const start = (keepsMine: boolean): void => {
    adopt(keepsMine);
    save.reset();
  };
  const faults = faultsAt(save.error, attributes);
  const form = useFocusOnFault(save.error);
  return (
    <form
      ref={form}
      // The buttons stay in sight, and must not cover the field that has the focus.
      className="grid gap-4 [&_:focus]:scroll-mb-24"
      onSubmit={(event) => {
        event.preventDefault();
        save.send(changes);
      }}
    >
      <UnsavedGuard isDirty={isDirty && !save.isPending && !save.isSuccess} />
      {isOutdated && isDirty && (
        <OutdatedNotice
          draft={draft}
          base={baseDraft}
          fresh={draftOf(known?.value, attributes)}
          onKeep={() => start(true)}
          onTake={() => start(false)}
        />
      )}
      <AttributeSections
        attributes={attributes}
        draft={draft}
        base={baseDraft}
        faults={faults}
        onDraft={setDraft}
        onExtension={(name) => setAdded([...added, name])}
      />
      {save.error !== null && save.error.code !== 'outdated' && faults.size === 0 && <ErrorState error={save.error} />}
      <div className="sticky bottom-0 flex flex-wrap gap-2 border-border border-t bg-bg py-3">
        <Button kind="primary" type="submit" disabled={!isDirty || isOutdated} isBusy={save.isPending}>
          {say(known === undefined ? 'create' : 'save')}
        </Button>
        <Button disabled={!isDirty} onClick={() => start(false)}>
          {say('discard')}
        </Button>
        {cancel}
      </div>
    </form>
  );
}

function faultsAt(error: ApiError | null, attributes: readonly DirectoryAttributeShape[]): ReadonlyMap<string, string> {
  const names = new Set(attributes.map(({ name }) => name));
  const issues = error?.issues.filter(({ place }) => names.has(place)) ?? [];
  return new Map(issues.map(({ place, message }) => [place, message]));
}

/** Leads the reader to the first field that was refused. */
function useFocusOnFault(error: ApiError | null) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  return form;
}
