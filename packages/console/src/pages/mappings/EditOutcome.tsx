import type { EditShape } from 'lockstep/admin-api/answers';
import { Notice } from '../../design/Badge.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { mappingPhrases } from './phrases.ts';

type Difference = EditShape['differences'][number];

/** What an edit would change in the job, before it is saved. */
export function EditOutcome({ outcome }: { readonly outcome: EditShape }) {
  const say = usePhrases(mappingPhrases);
  const columns: readonly Column<Difference>[] = [
    { id: 'what', header: say('what'), cell: ({ what }) => <span className="break-all">{what}</span> },
    {
      id: 'before',
      header: say('before'),
      cell: ({ before }) => <code className="break-all font-mono text-xs">{before}</code>,
    },
    {
      id: 'after',
      header: say('after'),
      cell: ({ after }) => <code className="break-all font-mono text-xs">{after}</code>,
    },
  ];
  return (
    <div className="grid gap-3" role="status">
      {outcome.differences.length === 0 ? (
        <p>{say('noChange')}</p>
      ) : (
        <div className="rounded-md border border-border">
          <DataTable caption={say('check')} columns={columns} rows={outcome.differences} keyOf={({ what }) => what} />
        </div>
      )}
      {outcome.warnings.length > 0 && (
        <Notice tone="warning" title={say('warnings')}>
          <ul className="list-disc pl-5">
            {outcome.warnings.map(({ place, message }) => (
              <li key={`${place} ${message}`}>{place === '' ? message : `${place}: ${message}`}</li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}
