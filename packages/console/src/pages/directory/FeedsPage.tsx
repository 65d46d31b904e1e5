import { PageHeader } from '../../design/Panel.tsx';

export function FeedsPage() {
  return <PageHeader title="FeedsPage" />;
}
