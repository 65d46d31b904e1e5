import type { RequestShape } from 'lockstep/admin-api/answers';
import { Badge } from '../../../design/Badge.tsx';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { requestPhrases } from './phrases.ts';
import { senderOf, statusTone } from './request-search.ts';
import { useDeviationName } from './use-deviation-name.ts';

interface RequestTableProps {
  readonly requests: readonly RequestShape[];
  readonly marked: string | undefined;
  readonly onOpen: (request: RequestShape) => void;
}

/** Requests in rows; each opens by its method and path. */
export function RequestTable({ requests, marked, onOpen }: RequestTableProps) {
  const say = usePhrases(requestPhrases);
  const nameOf = useDeviationName();
  const columns: readonly Column<RequestShape>[] = [
    { id: 'when', header: say('when'), cell: ({ at }) => <TimeText at={at} />, className: 'whitespace-nowrap' },
    {
      id: 'request',
      header: say('request'),
      cell: (request) => (
        <button type="button" className="link break-all text-left font-mono text-xs" onClick={() => onOpen(request)}>
          {`${request.method} ${request.path}`}
        </button>
      ),
    },
    { id: 'status', header: say('status'), cell: (request) => <RequestStatus request={request} /> },
    {
      id: 'duration',
      header: say('duration'),
      align: 'end',
      cell: ({ durationMs }) => say('ms', { ms: durationMs }),
      className: 'whitespace-nowrap',
    },
    {
      id: 'client',
      header: say('client'),
      cell: (request) => <span className="break-words">{senderOf(request)}</span>,
    },
    {
      id: 'deviations',
      header: say('deviations'),
      cell: ({ deviations }) => deviations.map(nameOf).join(', '),
    },
  ];
  return (
    <DataTable
      caption={say('requests')}
      columns={columns}
      rows={requests}
      keyOf={({ number }) => String(number)}
      isMarked={({ number }) => String(number) === marked}
    />
  );
}

/** The status with the detail keyword of a refusal. */
export function RequestStatus({ request }: { readonly request: Pick<RequestShape, 'status' | 'scimType'> }) {
  const { status, scimType } = request;
  return <Badge tone={statusTone(status)}>{scimType === null ? String(status) : `${status} ${scimType}`}</Badge>;
}
