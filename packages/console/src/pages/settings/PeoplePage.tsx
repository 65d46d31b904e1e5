import { useQuery } from '@tanstack/react-query';
import type { PersonShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { apiQuery, type Page } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { Panel } from '../../design/Panel.tsx';
import { Loaded } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { InviteDialog } from './InviteDialog.tsx';
import { PersonActions, RoleSelect } from './PersonActions.tsx';
import { settingsPhrases } from './phrases.ts';

/** Who signs in here, and as what. */
export function PeoplePage() {
  const say = usePhrases(settingsPhrases);
  const [isInviting, setInviting] = useState(false);
  const query = useQuery(apiQuery<Page<PersonShape>>(['people']));
  const columns: readonly Column<PersonShape>[] = [
    { id: 'name', header: say('name'), cell: ({ name }) => name },
    { id: 'role', header: say('role'), cell: (person) => <RoleSelect person={person} /> },
    { id: 'password', header: say('password'), cell: ({ hasPassword }) => say(hasPassword ? 'set' : 'invited') },
    { id: 'created', header: say('created'), cell: ({ createdAt }) => <TimeText at={createdAt} /> },
    { id: 'actions', header: say('actions'), hidesHeader: true, cell: (person) => <PersonActions person={person} /> },
  ];
  const invite = (
    <Button kind="primary" onClick={() => setInviting(true)}>
      {say('invite')}
    </Button>
  );
  return (
    <div className="grid gap-4">
      <Panel title={say('people')} actions={invite} isFlush>
        <Loaded query={query}>
          {({ items }) => <DataTable caption={say('people')} columns={columns} rows={items} keyOf={({ id }) => id} />}
        </Loaded>
      </Panel>
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </div>
  );
}
