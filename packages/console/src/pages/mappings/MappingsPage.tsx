import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { AttributeMapping, MappingTableShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import type { Tagged } from '../../api/call-api.ts';
import { Notice } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { type LinkTab, LinkTabs } from '../../design/LinkTabs.tsx';
import { Panel } from '../../design/Panel.tsx';
import { Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AttributeList } from './AttributeList.tsx';
import { DeleteRowDialog } from './DeleteRowDialog.tsx';
import { MappingSwitches } from './MappingSwitches.tsx';
import { MappingTable } from './MappingTable.tsx';
import { mappingPhrases } from './phrases.ts';
import { RestoreDialog } from './RestoreDialog.tsx';
import { RowDrawer } from './RowDrawer.tsx';
import { SchemaDialog } from './SchemaDialog.tsx';
import { tableQuery } from './table.ts';

/** The row in the drawer: its target in the address; `+` for a new one, which no target can be. */
const NEW = '+';

/** How people and groups become accounts: the mapping table with everything that edits it. */
export function MappingsPage() {
  const { app } = useParams({ from: '/apps/$app/mappings' });
  const { type = 'users' } = useSearch({ from: '/apps/$app/mappings' });
  const say = usePhrases(mappingPhrases);
  const object = type === 'users' ? 'user' : 'group';
  const query = useQuery(tableQuery(app, object));
  const params = { app };
  const tabs = (['users', 'groups'] as const).map(
    (one): LinkTab => ({
      label: say(one),
      link: { to: '/apps/$app/mappings', params, search: { type: one } },
      isHere: one === type,
    }),
  );
  return (
    <>
      <LinkTabs label={say('objects')} tabs={tabs} />
      <Loaded query={query} lines={8}>
        {(table) => <Mapping app={app} table={table} />}
      </Loaded>
    </>
  );
}

function Mapping({ app, table }: { readonly app: string; readonly table: Tagged<MappingTableShape> }) {
  const say = usePhrases(mappingPhrases);
  const navigate = useNavigate({ from: '/apps/$app/mappings' });
  const { row } = useSearch({ from: '/apps/$app/mappings' });
  const [open, setOpen] = useState<'attributes' | 'restore' | 'schema' | undefined>();
  const [doomed, setDoomed] = useState<AttributeMapping | undefined>();
  const { value } = table;
  const openRow = (target: string | undefined): void => {
    void navigate({
      search: ({ row: _row, ...rest }) => (target === undefined ? rest : { ...rest, row: target }),
      replace: true,
    });
  };
  const edited = value.mappings.find((one) => one.target === row);
  const actions = (
    <>
      <Button onClick={() => setOpen('schema')}>{say('transfer')}</Button>
      <Button onClick={() => setOpen('attributes')}>{say('attributesShow')}</Button>
      <Button onClick={() => setOpen('restore')}>{say('restore')}</Button>
      <Button kind="primary" onClick={() => openRow(NEW)}>
        {say('add')}
      </Button>
    </>
  );
  return (
    <div className="grid gap-4">
      <MappingSwitches app={app} table={table} />
      {value.problems.length > 0 && (
        <Notice tone="danger" title={say('problems')}>
          <ul className="list-disc pl-5">
            {value.problems.map(({ target, message }) => (
              <li key={`${target} ${message}`}>{`${target}: ${message}`}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Panel title={say('table')} actions={actions} isFlush>
        <MappingTable rows={value.mappings} onEdit={openRow} onDelete={setDoomed} marked={row} />
      </Panel>
      {(edited !== undefined || row === NEW) && (
        <RowDrawer key={row} app={app} table={table} row={edited} onClose={() => openRow(undefined)} />
      )}
      {doomed !== undefined && (
        <DeleteRowDialog app={app} table={table} row={doomed} onClose={() => setDoomed(undefined)} />
      )}
      {open === 'attributes' && <AttributeList app={app} table={table} onClose={() => setOpen(undefined)} />}
      {open === 'restore' && <RestoreDialog app={app} object={value.objectType} onClose={() => setOpen(undefined)} />}
      {open === 'schema' && <SchemaDialog app={app} onClose={() => setOpen(undefined)} />}
    </div>
  );
}
