import { PageHeader } from '../../design/Panel.tsx';

export function KeysPage() {
  return <PageHeader title="KeysPage" />;
}
