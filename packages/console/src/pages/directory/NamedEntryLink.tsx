import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '../../api/use-api.ts';
import { EntryLink } from './EntryLink.tsx';
import type { EntryAnswer } from './entry-answer.ts';
import { attributeText } from './entry-text.ts';

/** A person by name where only the objectId is known; until the name is there, and for whoever is gone, the objectId. */
export function NamedEntryLink({ objectId }: { readonly objectId: string }) {
  const query = useQuery(apiQuery<EntryAnswer>(['directory', 'users', objectId]));
  const name = query.data === undefined ? '' : attributeText(query.data.entry, 'displayName');
  return <EntryLink type="User" objectId={objectId} text={name || objectId} />;
}
