import type { LinkShape } from 'lockstep/admin-api/answers';
import { Badge } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { EntryLink } from '../directory/EntryLink.tsx';
import { linkName } from './link-name.ts';
import { phrases } from './phrases.ts';

interface LinkTableProps {
  readonly links: readonly LinkShape[];
  readonly object: 'user' | 'group';
  readonly onBreak: (link: LinkShape) => void;
}

/** Pairs of somebody and an account. */
export function LinkTable({ links, object, onBreak }: LinkTableProps) {
  const say = usePhrases(phrases);
  const columns: readonly Column<LinkShape>[] = [
    {
      id: 'who',
      header: say('who'),
      cell: ({ objectId, displayName }) =>
        displayName === null ? (
          <>
            <span className="break-all">{objectId}</span> <span className="text-muted text-xs">{say('gone')}</span>
          </>
        ) : (
          <EntryLink type={object === 'user' ? 'User' : 'Group'} objectId={objectId} text={displayName} />
        ),
    },
    { id: 'account', header: say('account'), cell: ({ account }) => account ?? '' },
    { id: 'id', header: say('id'), cell: ({ targetId }) => <code className="break-all text-xs">{targetId}</code> },
    {
      id: 'state',
      header: say('state'),
      cell: ({ state }) =>
        state === 'managed' ? (
          <Badge tone="success">{say('managed')}</Badge>
        ) : (
          <>
            <Badge>{say('released')}</Badge> <span className="text-muted text-xs">{say('releasedHint')}</span>
          </>
        ),
    },
    {
      id: 'actions',
      header: say('actions'),
      hidesHeader: true,
      cell: (link) => (
        <Button kind="quiet" aria-label={say('breakNamed', { name: linkName(link) })} onClick={() => onBreak(link)}>
          {say('break')}
        </Button>
      ),
    },
  ];
  return <DataTable caption={say('title')} columns={columns} rows={links} keyOf={({ objectId }) => objectId} />;
}
