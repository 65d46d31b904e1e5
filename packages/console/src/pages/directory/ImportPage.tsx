import { PageHeader } from '../../design/Panel.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { DirectoryTabs } from './DirectoryTabs.tsx';
import { ImportForm } from './ImportForm.tsx';
import { directoryPhrases } from './phrases.ts';

/** People from a file of one's own. */
export function ImportPage() {
  const say = usePhrases(directoryPhrases);
  return (
    <>
      <PageHeader title={say('importTitle')}>{say('importIntro')}</PageHeader>
      <DirectoryTabs />
      <ImportForm />
    </>
  );
}
