import type { MailFailureShape } from 'lockstep/admin-api/answers';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { EmptyState } from '../../../design/states.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { mailPhrases } from './phrases.ts';

/** Mails whose last attempt failed, with what the mail server said. */
export function MailFailures({ failures }: { readonly failures: readonly MailFailureShape[] }) {
  const say = usePhrases(mailPhrases);
  const columns: readonly Column<MailFailureShape>[] = [
    {
      id: 'made',
      header: say('made'),
      cell: ({ createdAt }) => <TimeText at={createdAt} />,
      className: 'whitespace-nowrap',
    },
    { id: 'subject', header: say('subject'), cell: ({ subject }) => subject },
    { id: 'to', header: say('address'), cell: ({ to }) => to.join(', '), className: 'break-all' },
    { id: 'error', header: say('error'), cell: ({ error }) => error, className: 'break-words' },
    {
      id: 'next',
      header: say('next'),
      cell: ({ nextAt, attempts }) => (nextAt === null ? say('never', { attempts }) : <TimeText at={nextAt} />),
    },
  ];
  return (
    <Panel title={say('failures')} isFlush>
      {failures.length === 0 ? (
        <EmptyState title={say('noFailures')}>{say('noFailuresText')}</EmptyState>
      ) : (
        <DataTable
          caption={say('failures')}
          columns={columns}
          rows={failures}
          keyOf={({ createdAt, subject, to }) => JSON.stringify([createdAt, subject, to])}
        />
      )}
    </Panel>
  );
}
