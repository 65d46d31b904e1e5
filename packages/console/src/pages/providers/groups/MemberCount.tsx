import type { ProviderGroupShape } from 'lockstep/admin-api/answers';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { groupPhrases } from './phrases.ts';

/** How many members a group has, as far as they were counted. */
export function MemberCount({ group }: { readonly group: Pick<ProviderGroupShape, 'members' | 'hasMoreMembers'> }) {
  const say = usePhrases(groupPhrases);
  return group.hasMoreMembers ? say('many', { n: group.members }) : group.members.toLocaleString();
}
