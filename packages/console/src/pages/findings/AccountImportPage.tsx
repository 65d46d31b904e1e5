import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { AppRoleShape, FindingShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { apiQuery, type Page } from '../../api/use-api.ts';
import { Badge } from '../../design/Badge.tsx';
import type { Column } from '../../design/DataTable.tsx';
import { CheckField, SelectField } from '../../design/Field.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { type FindingKind, FindingsPage } from './FindingsPage.tsx';
import { findingPhrases } from './phrases.ts';
import { accountFinding } from './read-finding.ts';

type Action = 'link' | 'assign' | 'create' | 'ignore';

/** Import of accounts from the app: what Ziflow's guide calls "Import users". */
export function AccountImportPage() {
  const { app } = useParams({ from: '/apps/$app/import' });
  const { after } = useSearch({ from: '/apps/$app/import' });
  const navigate = useNavigate({ from: '/apps/$app/import' });
  const say = usePhrases(findingPhrases);
  const [isDryRun, setDryRun] = useState(true);
  const [isDisabled, setDisabled] = useState(false);
  const [role, setRole] = useState('');
  const roles = useQuery(apiQuery<Page<AppRoleShape>>(['apps', app, 'roles']));
  const roleChoices = [
    { value: '', label: '-' },
    ...(roles.data?.items ?? []).map(({ value, displayName }) => ({ value, label: displayName })),
  ];
  const kind: FindingKind<Action> = {
    path: 'import',
    intro: 'importIntro',
    scan: 'scan',
    empty: 'emptyImport',
    none: 'noneImport',
    classes: ['assigned', 'unassigned', 'local', 'ambiguous'],
    actions: ['link', 'assign', 'create', 'ignore'],
    columns: useColumns(),
    nameOf: (finding) => accountFinding(finding).account,
  };
  return (
    <FindingsPage
      app={app}
      kind={kind}
      after={after}
      onGo={(to) => navigate({ search: to === undefined ? {} : { after: to } })}
      options={{ isDryRun, isDisabled, ...(role === '' ? {} : { role }) }}
      fields={
        <div className="flex flex-wrap items-end gap-4">
          <CheckField label={say('dryRun')} checked={isDryRun} onValue={setDryRun} />
          <CheckField label={say('asDisabled')} checked={isDisabled} onValue={setDisabled} />
          <SelectField label={say('role')} value={role} choices={roleChoices} onValue={setRole} />
        </div>
      }
    />
  );
}

function useColumns(): readonly Column<FindingShape>[] {
  const say = usePhrases(findingPhrases);
  return [
    { id: 'account', header: say('account'), cell: (row) => accountFinding(row).account },
    { id: 'class', header: say('class'), cell: (row) => classText(row.class, say) },
    {
      id: 'person',
      header: say('person'),
      cell: (row) => (
        <ul>
          {accountFinding(row).people.map(({ id, displayName }) => (
            <li key={id}>
              <Link to="/directory/users/$key" params={{ key: id }} className="link">
                {displayName}
              </Link>
            </li>
          ))}
        </ul>
      ),
    },
    {
      id: 'match',
      header: say('state'),
      cell: (row) => {
        const { isLinked, matchedBy } = accountFinding(row);
        return (
          <span className="flex flex-wrap gap-2">
            <Badge tone={isLinked ? 'success' : 'neutral'}>{say(isLinked ? 'isLinked' : 'notLinked')}</Badge>
            {matchedBy !== undefined && (
              <span className="text-muted">{say('matchedBy', { attribute: matchedBy })}</span>
            )}
          </span>
        );
      },
    },
  ];
}

const CLASSES = ['assigned', 'unassigned', 'local', 'ambiguous'] as const;

function classText(name: string, say: (key: (typeof CLASSES)[number]) => string): string {
  const known = CLASSES.find((one) => one === name);
  return known === undefined ? name : say(known);
}
