import { PageHeader } from '../../design/Panel.tsx';

export function DriftPage() {
  return <PageHeader title="DriftPage" />;
}
