import { PageHeader } from '../../design/Panel.tsx';

export function LinksPage() {
  return <PageHeader title="LinksPage" />;
}
