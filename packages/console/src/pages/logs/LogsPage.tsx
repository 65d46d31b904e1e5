import { PageHeader } from '../../design/Panel.tsx';

export function LogsPage() {
  return <PageHeader title="LogsPage" />;
}
