import { PageHeader } from '../../design/Panel.tsx';

export function AuditPage() {
  return <PageHeader title="AuditPage" />;
}
