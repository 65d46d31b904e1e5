import { PageHeader } from '../../design/Panel.tsx';

export function OverviewPage() {
  return <PageHeader title="OverviewPage" />;
}
