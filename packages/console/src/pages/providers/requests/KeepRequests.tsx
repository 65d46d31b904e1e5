import type { ProviderShape, RequestSummaryShape } from 'lockstep/admin-api/answers';
import { useChange } from '../../../api/use-api.ts';
import { SelectField } from '../../../design/Field.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { requestPhrases } from './phrases.ts';

interface KeepRequestsProps {
  readonly provider: ProviderShape;
  readonly summary: RequestSummaryShape;
}

const MODES = ['problems', 'all', 'off'] as const;

/** Which requests are kept from now on, and how many are. */
export function KeepRequests({ provider, summary }: KeepRequestsProps) {
  const say = usePhrases(requestPhrases);
  const toasts = useToasts();
  const change = useChange({ renews: [['providers', provider.id]], onDone: () => toasts.done(say('saved')) });
  const { serverMode, kept, keep, retentionDays, dropped } = summary;
  const age = retentionDays === 0 ? say('forEver') : say('forDays', { n: retentionDays });
  const standing = [say('kept', { kept, keep }), age, ...(dropped === 0 ? [] : [say('counted', { n: dropped })])];
  return (
    <SelectField
      label={say('keeps')}
      hint={standing.join(' · ')}
      value={provider.requestLog ?? 'server'}
      disabled={change.isPending}
      className="max-w-md"
      choices={[
        { value: 'server', label: say('byServer', { mode: say(serverMode) }) },
        ...MODES.map((value) => ({ value, label: say(value) })),
      ]}
      onValue={(mode) =>
        change.mutate(
          {
            method: 'PATCH',
            path: ['providers', provider.id],
            body: { requestLog: mode === 'server' ? null : mode },
          },
          { onError: toasts.failed },
        )
      }
    />
  );
}
