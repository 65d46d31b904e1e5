import { PageHeader } from '../../design/Panel.tsx';

export function AccountImportPage() {
  return <PageHeader title="AccountImportPage" />;
}
