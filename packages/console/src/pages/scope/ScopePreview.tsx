import type { ScopeCounts } from 'lockstep/admin-api/answers';
import { Badge } from '../../design/Badge.tsx';
import { Panel } from '../../design/Panel.tsx';
import { ErrorState, Skeleton } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { EntryLink } from '../directory/EntryLink.tsx';
import { phrases } from './phrases.ts';

interface ScopePreviewProps {
  readonly object: 'users' | 'groups';
  readonly counts: ScopeCounts | undefined;
  readonly error: unknown;
  /** Something is half typed, so that nothing can be counted. */
  readonly isHalfTyped: boolean;
  readonly isBehind: boolean;
}

/** "N of M people match", what keeps the others out, and some of both; counted anew as somebody types. */
export function ScopePreview({ object, counts, error, isHalfTyped, isBehind }: ScopePreviewProps) {
  const say = usePhrases(phrases);
  const hasError = error !== null && error !== undefined;
  return (
    <Panel title={say('previewTitle')} className="xl:sticky xl:top-4">
      <p className="mb-2 text-muted text-xs">
        {say(isHalfTyped ? 'halfTyped' : isBehind ? 'counting' : 'previewText')}
      </p>
      {hasError && <ErrorState error={error} />}
      {counts !== undefined && <Counts object={object} counts={counts} />}
      {counts === undefined && !hasError && !isHalfTyped && <Skeleton lines={3} />}
    </Panel>
  );
}

function Counts({ object, counts }: Pick<ScopePreviewProps, 'object'> & { readonly counts: ScopeCounts }) {
  const say = usePhrases(phrases);
  const { total, inScope, passFilters, isWhole, failures, samples } = counts;
  return (
    <div className="grid gap-3">
      <p role="status" className="font-semibold text-base">
        {say(object === 'users' ? 'match' : 'matchGroups', { n: inScope, total })}
      </p>
      <p className="text-muted">{say('pass', { n: passFilters })}</p>
      {!isWhole && <p className="text-muted">{say('partial')}</p>}
      {failures.length > 0 && (
        <div>
          <p className="font-medium">{say('keptOut')}</p>
          <ul className="list-disc pl-5">
            {failures.map(({ filter, clause, count }) => (
              <li key={`${filter} ${clause}`} className="break-words">
                {say('keptOutBy', { filter, clause, n: count })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ul className="grid gap-1.5">
        {samples.map(({ objectId, displayName, inScope: isIn, text }) => (
          <li key={objectId}>
            <Badge tone={isIn ? 'success' : 'neutral'}>{say(isIn ? 'in' : 'out')}</Badge>{' '}
            <EntryLink type={object === 'users' ? 'User' : 'Group'} objectId={objectId} text={displayName} />
            {text !== undefined && <span className="block break-words text-muted text-xs">{text}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
