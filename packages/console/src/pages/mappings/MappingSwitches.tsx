import type { MappingTableShape } from 'lockstep/admin-api/answers';
import type { Tagged } from '../../api/call-api.ts';
import { useChange } from '../../api/use-api.ts';
import { CheckField } from '../../design/Field.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { mappingPhrases } from './phrases.ts';

const ACTIONS = ['create', 'update', 'delete'] as const;

/** Whether groups are provisioned at all, and what may be done to accounts (Entra's target object actions). */
export function MappingSwitches({ app, table }: { readonly app: string; readonly table: Tagged<MappingTableShape> }) {
  const say = usePhrases(mappingPhrases);
  const toasts = useToasts();
  const { value, etag } = table;
  const change = useChange({ renews: [['apps', app]] });
  const put = (body: object): void =>
    change.mutate(
      { method: 'PUT', path: ['apps', app, 'mappings'], query: { object: value.objectType }, body, ifMatch: etag },
      { onSuccess: () => toasts.done(say('saved')), onError: toasts.failed },
    );
  const toggle = (action: (typeof ACTIONS)[number], isOn: boolean): void =>
    put({ actions: ACTIONS.filter((one) => (one === action ? isOn : value.actions[one])) });
  return (
    <div className="flex flex-wrap items-start gap-x-10 gap-y-3">
      {value.objectType === 'group' && (
        <>
          <CheckField
            as="switch"
            label={say('enabled')}
            hint={say('enabledHint')}
            checked={value.enabled}
            isBusy={change.isPending}
            onValue={(enabled) => put({ enabled })}
          />
          <CheckField
            as="switch"
            label={say('nested')}
            hint={say('nestedHint')}
            checked={value.nested === 'flatten'}
            isBusy={change.isPending}
            onValue={(isFlat) => put({ nested: isFlat ? 'flatten' : 'ignore' })}
          />
        </>
      )}
      <fieldset className="flex flex-wrap gap-x-5 gap-y-2">
        <legend className="mb-1 font-medium">{say('actions')}</legend>
        {ACTIONS.map((action) => (
          <CheckField
            key={action}
            label={say(action)}
            checked={value.actions[action]}
            isBusy={change.isPending}
            onValue={(isOn) => toggle(action, isOn)}
          />
        ))}
      </fieldset>
    </div>
  );
}
