import { PageHeader } from '../../design/Panel.tsx';

export function AppsPage() {
  return <PageHeader title="AppsPage" />;
}
