import { LinkTabs } from '../../design/LinkTabs.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { directoryPhrases } from './phrases.ts';

/** Parts of the directory. */
export function DirectoryTabs() {
  const say = usePhrases(directoryPhrases);
  return (
    <LinkTabs
      label={say('directory')}
      tabs={[
        { label: say('people'), link: { to: '/directory/users' } },
        { label: say('groups'), link: { to: '/directory/groups' } },
        { label: say('feeds'), link: { to: '/directory/feeds' } },
        { label: say('import'), link: { to: '/directory/import' } },
      ]}
    />
  );
}
