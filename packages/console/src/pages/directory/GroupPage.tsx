import { PageHeader } from '../../design/Panel.tsx';

export function GroupPage() {
  return <PageHeader title="GroupPage" />;
}
