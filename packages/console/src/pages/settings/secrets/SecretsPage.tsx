import { useQuery } from '@tanstack/react-query';
import type { SecretsShape } from 'lockstep/admin-api/answers';
import { apiQuery } from '../../../api/use-api.ts';
import { Badge, Notice } from '../../../design/Badge.tsx';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { Facts, Panel } from '../../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../../design/states.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { ExpiringList } from './ExpiringList.tsx';
import { secretsPhrases } from './phrases.ts';
import { RotateKey } from './RotateKey.tsx';

/** What ends soon, and how stored secrets are sealed. */
export function SecretsPage() {
  const say = usePhrases(secretsPhrases);
  const query = useQuery(apiQuery<SecretsShape>(['secrets']));
  return (
    <div className="grid gap-4">
      <ExpiringList />
      <Panel title={say('title')} actions={<RotateKey />}>
        <Loaded query={query} lines={5}>
          {(secrets) => <SealedSecrets secrets={secrets} />}
        </Loaded>
      </Panel>
    </div>
  );
}

function SealedSecrets({ secrets }: { readonly secrets: SecretsShape }) {
  const say = usePhrases(secretsPhrases);
  const { keyId, keySource, rotatedAt, retired, nextKeyId, underOtherKeys, sealed } = secrets;
  return (
    <div className="grid gap-3">
      <p className="text-muted">{say('intro')}</p>
      {nextKeyId !== null && (
        <Notice tone="warning" title={say('changing')}>
          {say('changingText')}
        </Notice>
      )}
      {underOtherKeys > 0 && (
        <Notice tone="warning" title={say('other', { n: underOtherKeys })}>
          {say('otherText')}
        </Notice>
      )}
      <Facts
        facts={[
          [say('key'), <code key="key">{keyId}</code>],
          [say('source'), say(keySource)],
          [say('rotated'), rotatedAt === null ? say('first') : <TimeText key="at" at={rotatedAt} />],
          ...(retired.length === 0 ? [] : [[say('retired'), <code key="old">{retired.join(', ')}</code>] as const]),
        ]}
      />
      {sealed.length === 0 ? (
        <EmptyState title={say('nothing')}>{say('nothingText')}</EmptyState>
      ) : (
        <SealedTable rows={sealed} />
      )}
    </div>
  );
}

type Sealed = SecretsShape['sealed'][number];

function SealedTable({ rows }: { readonly rows: readonly Sealed[] }) {
  const say = usePhrases(secretsPhrases);
  const names: Readonly<Record<string, string>> = { app: say('app'), webhook: say('webhook'), signIn: say('signIn') };
  const columns: readonly Column<Sealed>[] = [
    { id: 'kind', header: say('kind'), cell: ({ kind }) => names[kind] ?? kind },
    { id: 'key', header: say('key'), cell: ({ keyId }) => <code>{keyId}</code> },
    { id: 'count', header: say('count'), align: 'end', cell: ({ count }) => count.toLocaleString() },
    {
      id: 'state',
      header: say('state'),
      cell: ({ isReadable }) =>
        isReadable ? <Badge tone="success">{say('readable')}</Badge> : <Badge tone="danger">{say('lost')}</Badge>,
    },
  ];
  return (
    <DataTable caption={say('title')} columns={columns} rows={rows} keyOf={({ kind, keyId }) => `${kind} ${keyId}`} />
  );
}
