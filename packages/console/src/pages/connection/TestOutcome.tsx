import type { ConnectionResultShape } from 'lockstep/admin-api/answers';
import { Notice } from '../../design/Badge.tsx';
import { Facts } from '../../design/Panel.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { WireList } from '../logs/WireList.tsx';
import { connectionPhrases } from './phrases.ts';

/** What Test Connection found, and the requests and answers it came from. */
export function TestOutcome({ result }: { readonly result: ConnectionResultShape }) {
  const say = usePhrases(connectionPhrases);
  return (
    <>
      {result.isOk ? (
        <Notice tone="success" title={say('ok')} isAlert>
          <p className="mt-2 font-medium">{say('features')}</p>
          <Facts facts={Object.entries(result.features).map(([name, value]) => [name, String(value)] as const)} />
        </Notice>
      ) : (
        <Notice tone="danger" title={say('notOk')} isAlert>
          <p>{result.message}</p>
          <p>{result.hint}</p>
        </Notice>
      )}
      {result.exchanges.length > 0 && (
        <details>
          <summary className="cursor-pointer font-medium">{say('wire')}</summary>
          <WireList exchanges={result.exchanges} />
        </details>
      )}
    </>
  );
}
