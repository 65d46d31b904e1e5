import type { ProviderShape, RequestSummaryShape } from 'lockstep/admin-api/answers';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { KeepRequests } from './KeepRequests.tsx';
import { requestPhrases } from './phrases.ts';
import { useDeviationName } from './use-deviation-name.ts';

interface DeviationSummaryProps {
  readonly provider: ProviderShape;
  readonly summary: RequestSummaryShape;
  /** Shows the requests with a deviation. */
  readonly onShow: (code: string) => void;
}

/** Deviations of the last days by how often, with what can be done; and which requests are kept. */
export function DeviationSummary({ provider, summary, onShow }: DeviationSummaryProps) {
  const say = usePhrases(requestPhrases);
  const { deviations, days } = summary;
  return (
    <Panel title={say('recent')} isFlush>
      <p className="px-4 pb-3 text-muted">{say(deviations.length === 0 ? 'none' : 'recentText', { days })}</p>
      {deviations.length > 0 && <DeviationTable deviations={deviations} onShow={onShow} />}
      <div className="border-border border-t px-4 py-3">
        <KeepRequests provider={provider} summary={summary} />
      </div>
    </Panel>
  );
}

type Counted = RequestSummaryShape['deviations'][number];

function DeviationTable({
  deviations,
  onShow,
}: Pick<DeviationSummaryProps, 'onShow'> & { readonly deviations: readonly Counted[] }) {
  const say = usePhrases(requestPhrases);
  const nameOf = useDeviationName();
  const columns: readonly Column<Counted>[] = [
    {
      id: 'name',
      header: say('deviation'),
      cell: ({ code }) => (
        <button
          type="button"
          className="link text-left"
          aria-label={say('showThem', { name: nameOf(code) })}
          onClick={() => onShow(code)}
        >
          {nameOf(code)}
        </button>
      ),
    },
    { id: 'times', header: say('times'), align: 'end', cell: ({ count }) => count.toLocaleString() },
    { id: 'rfc', header: say('section'), cell: ({ rfc }) => rfc, className: 'whitespace-nowrap' },
    { id: 'remedy', header: say('remedy'), cell: ({ remedy }) => remedy },
  ];
  return <DataTable caption={say('recent')} columns={columns} rows={deviations} keyOf={({ code }) => code} />;
}
