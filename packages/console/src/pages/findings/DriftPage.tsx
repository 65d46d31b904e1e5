import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { FindingShape } from 'lockstep/admin-api/answers';
import type { Column } from '../../design/DataTable.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { type FindingKind, FindingsPage } from './FindingsPage.tsx';
import { findingPhrases } from './phrases.ts';
import { driftFinding } from './read-finding.ts';

type Action = 'overwrite' | 'adopt' | 'ignore';

const CLASSES = [
  'missingAccount',
  'changedAttributes',
  'notRemoved',
  'extraMembers',
  'missingMembers',
  'extraAccount',
] as const;

/** Drift: where the app differs from what it should be. */
export function DriftPage() {
  const { app } = useParams({ from: '/apps/$app/drift' });
  const { after } = useSearch({ from: '/apps/$app/drift' });
  const navigate = useNavigate({ from: '/apps/$app/drift' });
  const kind: FindingKind<Action> = {
    path: 'drift',
    intro: 'driftIntro',
    scan: 'scanDrift',
    empty: 'emptyDrift',
    none: 'noneDrift',
    classes: CLASSES,
    actions: ['overwrite', 'adopt', 'ignore'],
    columns: useColumns(),
    nameOf: (finding) => driftFinding(finding).displayName,
  };
  return (
    <FindingsPage
      app={app}
      kind={kind}
      after={after}
      onGo={(to) => navigate({ search: to === undefined ? {} : { after: to } })}
    />
  );
}

function useColumns(): readonly Column<FindingShape>[] {
  const say = usePhrases(findingPhrases);
  return [
    {
      id: 'account',
      header: say('account'),
      cell: (row) => {
        const { objectType, sourceId, displayName } = driftFinding(row);
        if (sourceId === undefined) return displayName;
        return (
          <Link
            to={objectType === 'user' ? '/directory/users/$key' : '/directory/groups/$key'}
            params={{ key: sourceId }}
            className="link"
          >
            {displayName}
          </Link>
        );
      },
    },
    {
      id: 'class',
      header: say('class'),
      cell: (row) => {
        const known = CLASSES.find((one) => one === row.class);
        return known === undefined ? row.class : say(known);
      },
    },
    {
      id: 'differences',
      header: say('differences'),
      cell: (row) => {
        const { changes, members } = driftFinding(row);
        return (
          <ul>
            {changes.map((change) => (
              <li key={change} className="break-all">
                <code className="font-mono text-xs">{change}</code>
              </li>
            ))}
            {members > 0 && <li>{say('memberCount', { n: members })}</li>}
          </ul>
        );
      },
    },
  ];
}
