import { PageHeader } from '../../design/Panel.tsx';

export function ProvidersPage() {
  return <PageHeader title="ProvidersPage" />;
}
