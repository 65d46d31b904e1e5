import { PageHeader } from '../../design/Panel.tsx';

export function ProviderPage() {
  return <PageHeader title="ProviderPage" />;
}
