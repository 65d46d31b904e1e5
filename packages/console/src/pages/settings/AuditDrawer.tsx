import { useQuery } from '@tanstack/react-query';
import type { AuditShape } from 'lockstep/admin-api/answers';
import { apiQuery } from '../../api/use-api.ts';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { Facts } from '../../design/Panel.tsx';
import { Loaded } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { auditPhrases } from './audit-phrases.ts';

interface AuditDrawerProps {
  readonly number: string;
  /** The page on screen; the record is asked for when it is not there, as after a link from elsewhere. */
  readonly rows: readonly AuditShape[];
  readonly onClose: () => void;
}

/** One change of the configuration with every value that changed. */
export function AuditDrawer({ number, rows, onClose }: AuditDrawerProps) {
  const say = usePhrases(auditPhrases);
  const known = rows.find((row) => String(row.number) === number);
  const query = useQuery({
    ...apiQuery<AuditShape>(['audit', number]),
    ...(known === undefined ? {} : { initialData: known }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Dialog isOpen as="drawer" onClose={onClose} title={query.data?.subject ?? say('record')}>
      <Loaded query={query} lines={6}>
        {(record) => <AuditRecord record={record} />}
      </Loaded>
    </Dialog>
  );
}

function AuditRecord({ record }: { readonly record: AuditShape }) {
  const say = usePhrases(auditPhrases);
  const { number, at, actor, action, subject, differences } = record;
  return (
    <div className="grid gap-4">
      <Facts
        facts={[
          [say('when'), <TimeText key="at" at={at} />],
          [say('actor'), actor],
          [say('action'), <Code key="action" text={action} />],
          [say('subject'), subject],
          [say('number'), String(number)],
        ]}
      />
      {differences.length === 0 ? <p className="text-muted">{say('noChanges')}</p> : <Differences rows={differences} />}
    </div>
  );
}

type Difference = AuditShape['differences'][number];

function Differences({ rows }: { readonly rows: readonly Difference[] }) {
  const say = usePhrases(auditPhrases);
  const value = (text: string | null) => (text === null ? <span className="text-muted">{say('absent')}</span> : text);
  const columns: readonly Column<Difference>[] = [
    { id: 'what', header: say('value'), cell: ({ what }) => <Code text={what} /> },
    { id: 'before', header: say('before'), cell: ({ before }) => value(before), className: 'break-all' },
    { id: 'after', header: say('after'), cell: ({ after }) => value(after), className: 'break-all' },
  ];
  return (
    <DataTable
      caption={say('changes')}
      columns={columns}
      rows={rows}
      keyOf={({ what, before, after }) => JSON.stringify([what, before, after])}
    />
  );
}

function Code({ text }: { readonly text: string }) {
  return <code className="break-all font-mono text-xs">{text}</code>;
}
