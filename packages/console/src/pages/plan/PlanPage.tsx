import { PageHeader } from '../../design/Panel.tsx';

export function PlanPage() {
  return <PageHeader title="PlanPage" />;
}
