import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { DirectoryAttributeShape, EntryShape } from 'lockstep/admin-api/answers';
import { apiQuery, taggedQuery } from '../../../api/use-api.ts';
import { buttonClass } from '../../../design/Button.tsx';
import { PageHeader } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { attributeText } from '../entry-text.ts';
import { EntryForm } from './EntryForm.tsx';
import { editPhrases } from './phrases.ts';
import type { DirectoryKind } from './use-entry-save.ts';

/** A person to be made. */
export function NewPersonPage() {
  return <NewEntry kind="users" />;
}

/** A group to be made. */
export function NewGroupPage() {
  return <NewEntry kind="groups" />;
}

/** A person's attributes to be changed. */
export function EditPersonPage() {
  const { key } = useParams({ from: '/directory/users/$key/edit' });
  return <EditEntry kind="users" objectId={key} />;
}

/** A group's name and attributes to be changed. */
export function EditGroupPage() {
  const { key } = useParams({ from: '/directory/groups/$key/edit' });
  return <EditEntry kind="groups" objectId={key} />;
}

const PAGES = { users: '/directory/users/$key', groups: '/directory/groups/$key' } as const;
const LISTS = { users: '/directory/users', groups: '/directory/groups' } as const;

function NewEntry({ kind }: { readonly kind: DirectoryKind }) {
  const say = usePhrases(editPhrases);
  const schema = useSchema();
  const onSaved = useSaved(kind, 'created');
  const cancel = (
    <Link to={LISTS[kind]} className={buttonClass()}>
      {say('cancel')}
    </Link>
  );
  return (
    <>
      <PageHeader title={say(kind === 'users' ? 'newPerson' : 'newGroup')} />
      <Loaded query={schema} lines={8}>
        {(answer) => <EntryForm kind={kind} schema={answer[kind]} onSaved={onSaved} cancel={cancel} />}
      </Loaded>
    </>
  );
}

interface EditEntryProps {
  readonly kind: DirectoryKind;
  readonly objectId: string;
}

function EditEntry({ kind, objectId }: EditEntryProps) {
  const say = usePhrases(editPhrases);
  const schema = useSchema();
  // Never from what was read before: a form on top of an old state would blame somebody else for one's own last change.
  const known = useQuery({
    ...taggedQuery<{ readonly entry: EntryShape }>(['directory', kind, objectId]),
    gcTime: 0,
  });
  const onSaved = useSaved(kind, 'saved');
  const cancel = (
    <Link to={PAGES[kind]} params={{ key: objectId }} className={buttonClass()}>
      {say('cancel')}
    </Link>
  );
  return (
    <Loaded query={known} lines={8} title={say('edit')}>
      {({ value, etag }) => (
        <>
          <PageHeader
            title={say('editNamed', { name: attributeText(value.entry, 'displayName') || value.entry.objectId })}
          />
          <Loaded query={schema} lines={8}>
            {(answer) => (
              <EntryForm
                kind={kind}
                schema={answer[kind]}
                known={{ value: value.entry, etag }}
                onRenew={known.refetch}
                onSaved={onSaved}
                cancel={cancel}
              />
            )}
          </Loaded>
        </>
      )}
    </Loaded>
  );
}

type Schema = Readonly<Record<DirectoryKind, readonly DirectoryAttributeShape[]>>;

function useSchema() {
  return useQuery({ ...apiQuery<Schema>(['directory', 'attributes']), staleTime: Number.POSITIVE_INFINITY });
}

function useSaved(kind: DirectoryKind, word: 'saved' | 'created'): (entry: EntryShape) => void {
  const say = usePhrases(editPhrases);
  const toasts = useToasts();
  const navigate = useNavigate();
  return (entry) => {
    toasts.done(say(word, { name: attributeText(entry, 'displayName') || entry.objectId }));
    void navigate({ to: PAGES[kind], params: { key: entry.objectId } });
  };
}
