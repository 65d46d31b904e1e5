import type { ImportReportShape } from 'lockstep/admin-api/answers';
import { Badge, type Tone } from '../../design/Badge.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { Panel } from '../../design/Panel.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { changesNothing, SHOWN_MAX, writtenText } from './import-report.ts';
import { directoryPhrases } from './phrases.ts';

type Change = ImportReportShape['changes'][number];

const TONES: Readonly<Record<Change['do'], Tone>> = {
  create: 'success',
  update: 'accent',
  restore: 'accent',
  remove: 'danger',
};

/** What an import would write: counts, and the first changes person by person. */
export function ImportPreview({ report }: { readonly report: ImportReportShape }) {
  const say = usePhrases(directoryPhrases);
  const columns: readonly Column<Change>[] = [
    { id: 'do', header: say('change'), cell: (one) => <Badge tone={TONES[one.do]}>{say(one.do)}</Badge> },
    { id: 'who', header: say('address'), cell: ({ userPrincipalName }) => userPrincipalName },
    {
      id: 'what',
      header: say('written'),
      cell: ({ attributes }) => <code className="break-all font-mono text-xs">{writtenText(attributes)}</code>,
    },
  ];
  const { created, updated, restored, removed, unchanged, groupsCreated, membersAdded, membersRemoved } = report;
  return (
    <Panel title={say('previewTitle')} isFlush>
      <div className="px-4 py-3">
        <p role="status">
          {changesNothing(report)
            ? say('nothingChanges')
            : say('importCounts', { created, updated, restored, removed, unchanged })}
        </p>
        <p className="text-muted">{say('importGroups', { groupsCreated, membersAdded, membersRemoved })}</p>
      </div>
      {report.changes.length > 0 && (
        <DataTable
          caption={say('previewTitle')}
          columns={columns}
          rows={report.changes.slice(0, SHOWN_MAX)}
          keyOf={({ objectId }) => objectId}
        />
      )}
      {report.changes.length > SHOWN_MAX && (
        <p className="px-4 py-2 text-muted">{say('firstOnly', { n: SHOWN_MAX })}</p>
      )}
    </Panel>
  );
}
