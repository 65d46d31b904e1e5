import { useQuery } from '@tanstack/react-query';
import type { FindingShape, ScanShape, SettledShape } from 'lockstep/admin-api/answers';
import { type ReactNode, useState } from 'react';
import { type Page, pageQuery, useChange } from '../../api/use-api.ts';
import { Badge, type Tone } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { SelectField } from '../../design/Field.tsx';
import { Pager } from '../../design/Pager.tsx';
import { Panel } from '../../design/Panel.tsx';
import type { Selection } from '../../design/selection.ts';
import { EmptyState, ErrorState, Loaded } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { type Selecting, useSelectColumn } from '../../design/use-select-column.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { type FindingPhrase, findingPhrases } from './phrases.ts';

/** What sets import and drift apart. */
export interface FindingKind<A extends string> {
  /** Part of the path. */
  readonly path: 'import' | 'drift';
  readonly intro: FindingPhrase;
  readonly scan: FindingPhrase;
  readonly empty: FindingPhrase;
  readonly none: FindingPhrase;
  readonly classes: readonly FindingPhrase[];
  readonly actions: readonly A[];
  readonly columns: readonly Column<FindingShape>[];
  readonly nameOf: (finding: FindingShape) => string;
}

interface FindingsPageProps<A extends FindingPhrase> {
  readonly app: string;
  readonly kind: FindingKind<A>;
  readonly after: string | undefined;
  readonly onGo: (after: string | undefined) => void;
  /** Members of the body beside action and ids. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Fields for them. */
  readonly fields?: ReactNode;
}

const STATES = ['open', 'ignored', 'settled'] as const;

/** Findings of a look at an app, with what can be done about each. */
export function FindingsPage<A extends FindingPhrase>({
  app,
  kind,
  after,
  onGo,
  options = {},
  fields,
}: FindingsPageProps<A>) {
  const say = usePhrases(findingPhrases);
  const toasts = useToasts();
  const [shown, setShown] = useState<{ readonly class: string; readonly state: (typeof STATES)[number] }>({
    class: '',
    state: 'open',
  });
  const [selection, setSelection] = useState<Selection>(new Set());
  const query = useQuery(pageQuery<Page<FindingShape>>(['apps', app, kind.path], { ...shown, after, limit: 50 }));
  const scan = useChange<ScanShape>({ renews: [['apps', app, kind.path]] });
  const settle = useChange<{ readonly results: readonly SettledShape[] }>({ renews: [['apps', app]] });
  const look = (): void =>
    scan.mutate(
      { method: 'POST', path: ['apps', app, kind.path, 'scan'] },
      {
        onSuccess: ({ detail }) => toasts.done(say('scanned', { n: sumOf(detail['counts']) })),
        onError: toasts.failed,
      },
    );
  const act = (action: A): void =>
    settle.mutate(
      { method: 'POST', path: ['apps', app, kind.path, 'apply'], body: { action, ids: [...selection], ...options } },
      { onSuccess: () => setSelection(new Set()) },
    );
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-muted">{say(kind.intro)}</p>
      <div className="flex flex-wrap items-end gap-3">
        <Button kind="primary" isBusy={scan.isPending} onClick={look}>
          {say(kind.scan)}
        </Button>
        <SelectField
          label={say('class')}
          value={shown.class}
          choices={[{ value: '', label: say('all') }, ...kind.classes.map((value) => ({ value, label: say(value) }))]}
          onValue={(value) => setShown({ ...shown, class: value })}
        />
        <SelectField
          label={say('state')}
          value={shown.state}
          choices={STATES.map((value) => ({ value, label: say(value) }))}
          onValue={(state) => setShown({ ...shown, state })}
        />
      </div>
      {fields}
      <div className="flex flex-wrap items-center gap-2">
        {kind.actions.map((action) => (
          <Button key={action} disabled={selection.size === 0} isBusy={settle.isPending} onClick={() => act(action)}>
            {say(action)}
          </Button>
        ))}
        <span className="text-muted">{say('onlySelected', { n: selection.size })}</span>
      </div>
      {settle.error !== null && <ErrorState error={settle.error} />}
      {settle.data !== undefined && <Results results={settle.data.results} />}
      <Panel isFlush>
        <Loaded query={query} lines={6}>
          {({ items, next }) =>
            items.length === 0 ? (
              <EmptyState title={say(scan.data === undefined ? 'empty' : kind.none)}>{say(kind.empty)}</EmptyState>
            ) : (
              <>
                <FindingTable kind={kind} rows={items} selection={selection} onSelection={setSelection} />
                <Pager after={after} next={next} onGo={onGo} />
              </>
            )
          }
        </Loaded>
      </Panel>
    </div>
  );
}

interface FindingTableProps extends Selecting {
  readonly kind: Pick<FindingKind<string>, 'columns' | 'nameOf'>;
  readonly rows: readonly FindingShape[];
}

function FindingTable({ kind, rows, ...selecting }: FindingTableProps) {
  const say = usePhrases(findingPhrases);
  const select = useSelectColumn({ ...selecting, rows, keyOf: ({ id }) => id, nameOf: kind.nameOf });
  return (
    <DataTable
      caption={say('class')}
      columns={[select, ...kind.columns]}
      rows={rows}
      keyOf={({ id }) => id}
      isMarked={({ id }) => selecting.selection.has(id)}
    />
  );
}

const TONES: Readonly<Record<SettledShape['state'], Tone>> = {
  done: 'success',
  planned: 'accent',
  refused: 'warning',
  held: 'warning',
  failed: 'danger',
};

function Results({ results }: { readonly results: readonly SettledShape[] }) {
  const say = usePhrases(findingPhrases);
  return (
    <Panel title={say('results')}>
      <ul className="grid max-h-64 gap-1 overflow-auto" role="status">
        {results.map(({ id, state, text }) => (
          <li key={id} className="flex flex-wrap items-center gap-2">
            <Badge tone={TONES[state]}>{say(state)}</Badge>
            <span className="break-all">{text}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function sumOf(counts: unknown): number {
  if (typeof counts !== 'object' || counts === null) return 0;
  return Object.values(counts).reduce((sum: number, one: unknown) => sum + (typeof one === 'number' ? one : 0), 0);
}
