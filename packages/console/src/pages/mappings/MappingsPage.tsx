import { PageHeader } from '../../design/Panel.tsx';

export function MappingsPage() {
  return <PageHeader title="MappingsPage" />;
}
