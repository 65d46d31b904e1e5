import { Notice } from '../../../design/Badge.tsx';
import { Button } from '../../../design/Button.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { differencesOf, type EntryDraft } from './entry-draft.ts';
import { editPhrases } from './phrases.ts';
import { useAttributeName } from './use-attribute-name.ts';

interface OutdatedNoticeProps {
  readonly draft: EntryDraft;
  readonly base: EntryDraft;
  readonly fresh: EntryDraft;
  readonly onKeep: () => void;
  readonly onTake: () => void;
}

/** Tells what somebody else saved while the form was open, and asks what to do. */
export function OutdatedNotice({ draft, base, fresh, onKeep, onTake }: OutdatedNoticeProps) {
  const say = usePhrases(editPhrases);
  const nameOf = useAttributeName();
  const mine = new Set(differencesOf(base, draft).map(({ name }) => name));
  const shown = (text: string): string => (text === '' ? say('nothing') : text.replaceAll('\n', ', '));
  const actions = (
    <>
      <Button onClick={onTake}>{say('takeTheirs')}</Button>
      <Button kind="primary" onClick={onKeep}>
        {say('keepMine')}
      </Button>
    </>
  );
  return (
    <Notice tone="warning" title={say('outdatedTitle')} isAlert actions={actions}>
      <p>{say('outdatedText')}</p>
      <ul className="list-disc pl-5">
        {differencesOf(base, fresh).map(({ name, before, after }) => (
          <li key={name}>
            {nameOf(name)}: {say('outdatedValue', { before: shown(before), after: shown(after) })}
            {mine.has(name) && <strong> {say('alsoYours')}</strong>}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
