import { useParams } from '@tanstack/react-router';
import type { LogShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useChange } from '../../api/use-api.ts';
import { Badge, Notice } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { SelectField } from '../../design/Field.tsx';
import { Panel } from '../../design/Panel.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { type Principal, PrincipalPicker } from '../../pickers/PrincipalPicker.tsx';
import { logPhrases } from '../logs/phrases.ts';
import { type RecordTab, RecordView } from '../logs/RecordView.tsx';
import { statusTones } from '../logs/record-text.ts';
import { onDemandPhrases } from './phrases.ts';

/** Provision on demand: pick anybody, dry run or run, and see the steps. */
export function OnDemandPage() {
  const { app } = useParams({ from: '/apps/$app/on-demand' });
  const say = usePhrases(onDemandPhrases);
  const [kind, setKind] = useState<'users' | 'groups'>('users');
  const [who, setWho] = useState<Principal | undefined>();
  const [isDryRun, setDryRun] = useState(true);
  const change = useChange<LogShape>({ renews: [['logs']] });
  const run = (dryRun: boolean): void => {
    if (who === undefined) return;
    setDryRun(dryRun);
    const body = { [kind === 'users' ? 'user' : 'group']: who.objectId, isDryRun: dryRun };
    change.mutate({ method: 'POST', path: ['apps', app, 'provision'], body });
  };
  const pickKind = (next: 'users' | 'groups'): void => {
    setKind(next);
    setWho(undefined);
  };
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-muted">{say('intro')}</p>
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          label={say('kind')}
          value={kind}
          choices={[
            { value: 'users', label: say('person') },
            { value: 'groups', label: say('group') },
          ]}
          onValue={pickKind}
        />
        <div className="w-80 max-w-full">
          <PrincipalPicker key={kind} kind={kind} value={who} onPick={setWho} />
        </div>
        <Button disabled={who === undefined} isBusy={change.isPending && isDryRun} onClick={() => run(true)}>
          {say('dryRun')}
        </Button>
        <Button
          kind="primary"
          disabled={who === undefined}
          isBusy={change.isPending && !isDryRun}
          onClick={() => run(false)}
        >
          {say('provision')}
        </Button>
      </div>
      {change.error !== null && <ErrorState error={change.error} />}
      {change.isPending && <Skeleton lines={5} />}
      {change.isIdle && <EmptyState title={say('empty')}>{say('emptyText')}</EmptyState>}
      {change.data !== undefined && <Result record={change.data} isDryRun={isDryRun} />}
    </div>
  );
}

function Result({ record, isDryRun }: { readonly record: LogShape; readonly isDryRun: boolean }) {
  const say = usePhrases(onDemandPhrases);
  const sayLog = usePhrases(logPhrases);
  const [tab, setTab] = useState<RecordTab>('steps');
  return (
    <Panel
      title={say('result', { name: record.source.displayName })}
      actions={<Badge tone={statusTones[record.status]}>{`${sayLog(record.action)}: ${sayLog(record.status)}`}</Badge>}
    >
      <div className="grid gap-4">
        <Notice tone={isDryRun ? 'accent' : 'success'} isAlert>
          <p>{say(isDryRun ? 'wasDryRun' : 'wasRun')}</p>
        </Notice>
        <RecordView record={record} tab={tab} onTab={setTab} />
      </div>
    </Panel>
  );
}
