import { PageHeader } from '../../design/Panel.tsx';

export function GroupsPage() {
  return <PageHeader title="GroupsPage" />;
}
