import type { LogShape } from 'lockstep/admin-api/answers';
import { CodeBlock } from '../../design/CopyText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { logPhrases } from './phrases.ts';
import { prettyBody } from './record-text.ts';

/** Requests and their answers, in order, without secrets. */
export function WireList({ exchanges }: { readonly exchanges: NonNullable<LogShape['wire']> }) {
  const say = usePhrases(logPhrases);
  return (
    <ol className="grid gap-4">
      {exchanges.map((one) => (
        <li key={`${one.attempt} ${one.method} ${one.path} ${one.durationMs}`} className="grid gap-2">
          <p className="break-all font-mono text-xs">
            {say('attempt', { method: one.method, path: one.path, n: one.attempt })}
          </p>
          <p className="text-muted">
            {one.status === undefined
              ? say('failedWith', { why: one.failure ?? '' })
              : say('answered', { status: String(one.status), ms: Math.round(one.durationMs) })}
          </p>
          {one.requestBody !== undefined && <CodeBlock label={say('request')} text={prettyBody(one.requestBody)} />}
          {one.responseBody !== undefined && <CodeBlock label={say('response')} text={prettyBody(one.responseBody)} />}
        </li>
      ))}
    </ol>
  );
}
