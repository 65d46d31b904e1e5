import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { MappingPreview } from 'lockstep/admin-api/answers';
import { useDeferredValue, useState } from 'react';
import { asApiError } from '../../api/api-error.ts';
import { callApi } from '../../api/call-api.ts';
import { Badge } from '../../design/Badge.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { type Principal, PrincipalPicker } from '../../pickers/PrincipalPicker.tsx';
import { mappingPhrases } from './phrases.ts';
import { declaredOf, draftFault, type RowDraft } from './row-draft.ts';
import type { ObjectKind } from './table.ts';

interface RowPreviewProps {
  readonly app: string;
  readonly object: ObjectKind;
  readonly draft: RowDraft;
}

/** What the row gives for somebody, while it is being written. */
export function RowPreview({ app, object, draft }: RowPreviewProps) {
  const say = usePhrases(mappingPhrases);
  const [person, setPerson] = useState<Principal | undefined>();
  const row = useDeferredValue(JSON.stringify(declaredOf(draft)));
  const isReady = person !== undefined && draftFault(draft) === undefined;
  const query = useQuery({
    queryKey: ['preview', app, object, person?.objectId, row],
    queryFn: ({ signal }) =>
      callApi<MappingPreview>({
        method: 'POST',
        path: ['apps', app, 'mappings', 'preview'],
        body: { [object]: person?.objectId, rows: [JSON.parse(row)] },
        signal,
      }),
    enabled: isReady,
    placeholderData: keepPreviousData,
  });
  const found = query.data?.rows.find(({ target }) => target === draft.target.trim());
  return (
    <section aria-label={say('previewTitle')} className="grid gap-2 rounded-md border border-border p-3">
      <PrincipalPicker
        kind={object === 'user' ? 'users' : 'groups'}
        label={say('previewPerson')}
        value={person}
        onPick={setPerson}
      />
      <div role="status" className="min-h-6 break-all">
        {person === undefined && <span className="text-muted">{say('previewPick')}</span>}
        {isReady && query.error !== null && <span className="text-danger">{asApiError(query.error).message}</span>}
        {isReady && query.error === null && found !== undefined && <PreviewLine row={found} />}
      </div>
      {isReady && query.data !== undefined && (
        <p>
          <Badge tone={query.data.scope.inScope ? 'success' : 'neutral'}>
            {say(query.data.scope.inScope ? 'previewScope' : 'previewOutOfScope')}
          </Badge>
        </p>
      )}
    </section>
  );
}

function PreviewLine({ row }: { readonly row: MappingPreview['rows'][number] }) {
  const say = usePhrases(mappingPhrases);
  switch (row.kind) {
    case 'value':
    case 'reference':
      return <code className="font-mono">{row.value}</code>;
    case 'default':
      return <span>{say('previewDefault', { value: row.value ?? '' })}</span>;
    case 'nothing':
      return <span className="text-muted">{row.text ?? say('previewNothing')}</span>;
    case 'off':
      return <span className="text-muted">{say('previewOff')}</span>;
    case 'ignored':
      return <span className="text-muted">{row.text ?? say('previewIgnored')}</span>;
    case 'error':
      return <span className="text-danger">{row.text}</span>;
  }
}
