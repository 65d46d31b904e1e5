import { PageHeader } from '../../design/Panel.tsx';

export function AssignmentsPage() {
  return <PageHeader title="AssignmentsPage" />;
}
