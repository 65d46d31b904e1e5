import type { ReactNode } from 'react';
import { Button } from '../../design/Button.tsx';
import { CheckField, TextAreaField, TextField } from '../../design/Field.tsx';
import { Panel } from '../../design/Panel.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import type { ConnectionDraft } from './connection-draft.ts';
import { connectionPhrases } from './phrases.ts';

interface ConnectionFieldsProps {
  readonly draft: ConnectionDraft;
  readonly faults: ReadonlySet<keyof ConnectionDraft>;
  readonly hasSecret: boolean;
  readonly onDraft: (draft: ConnectionDraft) => void;
  readonly onTest: () => void;
  readonly isTesting: boolean;
  /** What Test Connection found. */
  readonly children: ReactNode;
}

type TextName = {
  [Name in keyof ConnectionDraft]: ConnectionDraft[Name] extends string ? Name : never;
}[keyof ConnectionDraft];

/** Credentials, schedule, pace, guard and mails. */
export function ConnectionFields(props: ConnectionFieldsProps) {
  const { draft, faults, hasSecret, onDraft, onTest, isTesting, children } = props;
  const say = usePhrases(connectionPhrases);
  const text = (name: TextName) => ({
    label: say(name),
    value: draft[name],
    onValue: (value: string) => onDraft({ ...draft, [name]: value }),
    ...(faults.has(name) ? { error: say('fault') } : {}),
  });
  const check = (name: 'onChange' | 'enabled' | 'onFailure' | 'digest') => ({
    label: say(name),
    checked: draft[name],
    onValue: (isOn: boolean) => onDraft({ ...draft, [name]: isOn }),
  });
  const test = (
    <Button isBusy={isTesting} disabled={faults.has('tenantUrl')} onClick={onTest}>
      {say('test')}
    </Button>
  );
  return (
    <>
      <Panel title={say('title')} actions={test}>
        <div className="grid gap-3 md:grid-cols-2">
          <TextField {...text('name')} />
          <TextField {...text('tenantUrl')} inputMode="url" spellCheck={false} />
          <TextField
            {...text('secretToken')}
            type="password"
            autoComplete="new-password"
            hint={say(hasSecret ? 'stored' : 'missing')}
          />
          <TextField {...text('secretEnds')} type="date" hint={say('secretEndsHint')} />
        </div>
        <div className="mt-3 grid gap-3">{children}</div>
      </Panel>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title={say('schedule')}>
          <div className="grid gap-3">
            <CheckField {...check('enabled')} as="switch" />
            <CheckField {...check('onChange')} />
            <TextField {...text('intervalMinutes')} inputMode="decimal" hint={say('intervalHint')} />
            <TextField {...text('requestsPerSecond')} inputMode="decimal" hint={say('rateHint')} />
          </div>
        </Panel>
        <Panel title={say('guard')}>
          <div className="grid gap-3">
            <p className="text-muted">{say('guardText')}</p>
            <TextField {...text('maxRemovals')} inputMode="numeric" hint={say('guardHint')} />
            <TextField {...text('maxRemovalsPercent')} inputMode="decimal" hint={say('guardHint')} />
          </div>
        </Panel>
        <Panel title={say('mailTitle')}>
          <div className="grid gap-3">
            <TextAreaField {...text('mails')} rows={3} hint={say('mailsHint')} />
            <CheckField {...check('onFailure')} />
            <CheckField {...check('digest')} />
          </div>
        </Panel>
      </div>
    </>
  );
}
