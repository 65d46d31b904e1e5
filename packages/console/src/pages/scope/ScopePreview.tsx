import { Link } from '@tanstack/react-router';
import type { ScopeCounts } from 'lockstep/admin-api/answers';
import { Badge } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { Panel } from '../../design/Panel.tsx';
import { ErrorState } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { phrases } from './phrases.ts';

interface ScopePreviewProps {
  readonly counts: ScopeCounts | undefined;
  readonly error: unknown;
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly onPreview: () => void;
}

/** "N of M people match", what keeps the others out, and some of both. */
export function ScopePreview({ counts, error, isReady, isBusy, onPreview }: ScopePreviewProps) {
  const say = usePhrases(phrases);
  const action = (
    <Button disabled={!isReady} isBusy={isBusy} onClick={onPreview}>
      {say('preview')}
    </Button>
  );
  return (
    <Panel title={say('previewTitle')} actions={action}>
      {error !== null && error !== undefined && <ErrorState error={error} />}
      {counts === undefined ? <p className="text-muted">{say('previewText')}</p> : <Counts counts={counts} />}
    </Panel>
  );
}

function Counts({ counts }: { readonly counts: ScopeCounts }) {
  const say = usePhrases(phrases);
  const { total, inScope, passFilters, isWhole, failures, samples } = counts;
  return (
    <div className="grid gap-3">
      <p role="status" className="font-semibold text-base">
        {say('match', { n: inScope, total })}
      </p>
      <p className="text-muted">{say('pass', { n: passFilters })}</p>
      {!isWhole && <p className="text-muted">{say('partial')}</p>}
      {failures.length > 0 && (
        <div>
          <p className="font-medium">{say('keptOut')}</p>
          <ul className="list-disc pl-5">
            {failures.map(({ filter, clause, count }) => (
              <li key={`${filter} ${clause}`}>{say('keptOutBy', { filter, clause, n: count })}</li>
            ))}
          </ul>
        </div>
      )}
      <ul className="grid gap-1.5">
        {samples.map(({ objectId, displayName, inScope: isIn, text }) => (
          <li key={objectId}>
            <Badge tone={isIn ? 'success' : 'neutral'}>{say(isIn ? 'in' : 'out')}</Badge>{' '}
            <Link to="/directory/users/$key" params={{ key: objectId }} className="link">
              {displayName}
            </Link>
            {text !== undefined && <span className="block text-muted text-xs">{text}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
