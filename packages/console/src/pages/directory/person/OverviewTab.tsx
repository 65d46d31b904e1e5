import { Facts, Panel } from '../../../design/Panel.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { EntryLink } from '../EntryLink.tsx';
import type { EntryAnswer } from '../entry-answer.ts';
import { attributeFacts } from '../entry-text.ts';
import { NamedEntryLink } from '../NamedEntryLink.tsx';
import { directoryPhrases } from '../phrases.ts';

/** Attributes and direct groups of a person. */
export function OverviewTab({ person }: { readonly person: EntryAnswer }) {
  const say = usePhrases(directoryPhrases);
  const { entry, memberOf } = person;
  const facts = attributeFacts(entry).map(([name, text]) =>
    name === 'manager' ? ([name, <NamedEntryLink key="manager" objectId={text} />] as const) : ([name, text] as const),
  );
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <Panel title={say('attributes')}>
        <Facts facts={facts} />
      </Panel>
      <Panel title={say('inGroups')}>
        {memberOf.length === 0 && <p>{say('noMember')}</p>}
        <ul className="grid gap-1">
          {memberOf.map(({ objectId, displayName }) => (
            <li key={objectId}>
              <EntryLink type="Group" objectId={objectId} text={displayName ?? objectId} />
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}
