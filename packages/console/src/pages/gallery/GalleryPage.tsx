import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { TemplateShape } from 'lockstep/admin-api/answers';
import { apiQuery, type Page } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { PageHeader, Panel } from '../../design/Panel.tsx';
import { Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { CreateAppDialog } from './CreateAppDialog.tsx';
import { galleryPhrases } from './phrases.ts';

/** Templates to make an app from: those of the gallery, and one for an application of one's own. */
export function GalleryPage() {
  const say = usePhrases(galleryPhrases);
  const { template } = useSearch({ from: '/gallery' });
  const navigate = useNavigate({ from: '/gallery' });
  const query = useQuery(apiQuery<Page<TemplateShape>>(['gallery']));
  return (
    <>
      <PageHeader title={say('title')}>{say('intro')}</PageHeader>
      <Loaded query={query} lines={8}>
        {({ items }) => {
          const chosen = items.find((one) => one.template === template);
          return (
            <>
              <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
                {items.map((one) => (
                  <li key={one.template}>
                    <TemplateCard template={one} onChoose={() => navigate({ search: { template: one.template } })} />
                  </li>
                ))}
              </ul>
              {chosen !== undefined && (
                <CreateAppDialog key={chosen.template} template={chosen} onClose={() => navigate({ search: {} })} />
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function TemplateCard({ template, onChoose }: { readonly template: TemplateShape; readonly onChoose: () => void }) {
  const say = usePhrases(galleryPhrases);
  const { title: name } = template;
  return (
    <Panel
      title={name}
      className="h-full"
      actions={
        <Button onClick={onChoose} aria-label={say('createNamed', { name })}>
          {say('create')}
        </Button>
      }
    >
      <p>{template.summary}</p>
      {template.listing === 'own' && <p className="mt-2 text-muted text-xs">{say('ownText')}</p>}
      {template.notSupported.length > 0 && (
        <p className="mt-2 text-muted text-xs">{say('notSupported', { what: template.notSupported.join(' ') })}</p>
      )}
    </Panel>
  );
}
