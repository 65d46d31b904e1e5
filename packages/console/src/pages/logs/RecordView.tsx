import type { LogShape } from 'lockstep/admin-api/answers';
import type { ReactNode } from 'react';
import { Badge, Notice } from '../../design/Badge.tsx';
import { DataTable } from '../../design/DataTable.tsx';
import { Facts } from '../../design/Panel.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { logPhrases } from './phrases.ts';
import { statusTones } from './record-text.ts';
import { WireList } from './WireList.tsx';

/** A part of a record, as Entra's drawer has them, and what went over the wire. */
export const recordTabs = ['steps', 'troubleshooting', 'properties', 'summary', 'wire'] as const;

/** One of the parts. */
export type RecordTab = (typeof recordTabs)[number];

const VIEWS: Readonly<Record<RecordTab, (props: { readonly record: LogShape }) => ReactNode>> = {
  steps: Steps,
  troubleshooting: Troubleshooting,
  properties: Properties,
  summary: Summary,
  wire: Wire,
};

interface RecordViewProps {
  readonly record: LogShape;
  readonly tab: RecordTab;
  readonly onTab: (tab: RecordTab) => void;
}

/** A record of the provisioning log with all it knows. */
export function RecordView({ record, tab, onTab }: RecordViewProps) {
  const say = usePhrases(logPhrases);
  const View = VIEWS[tab];
  return (
    <div className="grid gap-4">
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">{say('record')}</legend>
        {recordTabs.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === tab}
            onClick={() => onTab(one)}
            className="rounded-md border border-border px-2.5 py-1 aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent"
          >
            {say(one)}
          </button>
        ))}
      </fieldset>
      <View record={record} />
    </div>
  );
}

function Steps({ record }: { readonly record: LogShape }) {
  const say = usePhrases(logPhrases);
  return (
    <ol className="grid gap-3">
      {record.steps.map((step) => (
        <li key={`${step.type} ${step.name} ${step.description}`} className="grid gap-1 border-border border-l-2 pl-3">
          <span className="flex flex-wrap items-center gap-2">
            <Badge tone={statusTones[step.status]}>{say(step.status)}</Badge>
            <span>{step.description}</span>
          </span>
          <code className="font-mono text-muted text-xs">{step.name}</code>
          {step.details !== undefined && (
            <details>
              <summary className="cursor-pointer text-muted">
                {Object.keys(step.details).length.toLocaleString()} …
              </summary>
              <Facts facts={Object.entries(step.details)} />
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

function Troubleshooting({ record }: { readonly record: LogShape }) {
  const say = usePhrases(logPhrases);
  const { error, status } = record;
  if (error === undefined) return <p>{say('noTrouble')}</p>;
  return (
    <div className="grid gap-3">
      <Notice tone={statusTones[status]} title={error.reason}>
        <p>
          {say('code')}: <code className="font-mono">{error.code}</code>
        </p>
      </Notice>
      {error.recommendedAction !== undefined && <Facts facts={[[say('recommended'), error.recommendedAction]]} />}
    </div>
  );
}

function Properties({ record }: { readonly record: LogShape }) {
  const say = usePhrases(logPhrases);
  const { modifiedProperties } = record;
  if (modifiedProperties.length === 0) return <p>{say('noProperties')}</p>;
  return (
    <DataTable
      caption={say('properties')}
      rows={modifiedProperties}
      keyOf={({ displayName }) => displayName}
      columns={[
        {
          id: 'property',
          header: say('property'),
          cell: ({ displayName }) => <code className="break-all font-mono text-xs">{displayName}</code>,
        },
        { id: 'old', header: say('oldValue'), cell: ({ oldValue }) => <span className="break-all">{oldValue}</span> },
        { id: 'new', header: say('newValue'), cell: ({ newValue }) => <span className="break-all">{newValue}</span> },
      ]}
    />
  );
}

function Summary({ record }: { readonly record: LogShape }) {
  const say = usePhrases(logPhrases);
  return (
    <Facts
      facts={[
        [say('date'), <TimeText key="at" at={record.at} />],
        [say('app'), record.app],
        [say('action'), say(record.action)],
        [say('status'), say(record.status)],
        [say('source'), record.source.displayName],
        [say('sourceId'), record.source.id],
        [say('target'), record.target?.displayName ?? ''],
        [say('targetId'), record.target?.id ?? ''],
        [say('linked'), say(record.isLinked ? 'yes' : 'no')],
        [say('duration'), say('milliseconds', { n: Math.round(record.durationMs) })],
        [say('changeId'), record.changeId],
        [say('cycleId'), record.cycleId],
        [say('jobId'), record.jobId],
      ]}
    />
  );
}

function Wire({ record }: { readonly record: LogShape }) {
  const say = usePhrases(logPhrases);
  const { wire = [] } = record;
  return wire.length === 0 ? <p>{say('noWire')}</p> : <WireList exchanges={wire} />;
}
