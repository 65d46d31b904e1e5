import { Link, useNavigate } from '@tanstack/react-router';
import type { EntryShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useMay } from '../../api/me.ts';
import { useChange } from '../../api/use-api.ts';
import { Button, buttonClass } from '../../design/Button.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { DeleteEntryDialog } from './DeleteEntryDialog.tsx';
import { attributeText, stateOf } from './entry-text.ts';
import { directoryPhrases } from './phrases.ts';

/** What can be done about a person or group: edit and delete, or behind that restore and delete for good. */
export function EntryActions({ entry }: { readonly entry: EntryShape }) {
  const say = usePhrases(directoryPhrases);
  const navigate = useNavigate();
  const [doomed, setDoomed] = useState<'bin' | 'good'>();
  const isBarred = useMay('operate') === false;
  const isDeleted = stateOf(entry) === 'deleted';
  const isUser = entry.type === 'User';
  if (isBarred) return null;
  return (
    <>
      {isDeleted ? (
        <RestoreButton entry={entry} />
      ) : (
        <Link
          to={isUser ? '/directory/users/$key/edit' : '/directory/groups/$key/edit'}
          params={{ key: entry.objectId }}
          className={buttonClass('primary')}
        >
          {say('edit')}
        </Link>
      )}
      <Button kind="danger" onClick={() => setDoomed(isDeleted ? 'good' : 'bin')}>
        {say(isDeleted ? 'deleteForGood' : 'delete')}
      </Button>
      {doomed !== undefined && (
        <DeleteEntryDialog
          entry={entry}
          isForGood={doomed === 'good'}
          onClose={() => setDoomed(undefined)}
          onGone={() => navigate({ to: isUser ? '/directory/users' : '/directory/groups' })}
        />
      )}
    </>
  );
}

function RestoreButton({ entry }: { readonly entry: EntryShape }) {
  const say = usePhrases(directoryPhrases);
  const toasts = useToasts();
  const change = useChange({
    renews: [['directory']],
    onDone: () => toasts.done(say('restored', { name: attributeText(entry, 'displayName') || entry.objectId })),
  });
  const path = ['directory', entry.type === 'User' ? 'users' : 'groups', entry.objectId, 'restore'];
  return (
    <Button
      kind="primary"
      isBusy={change.isPending}
      onClick={() => change.mutate({ method: 'POST', path }, { onError: toasts.failed })}
    >
      {say('restore')}
    </Button>
  );
}
