import { PageHeader } from '../../design/Panel.tsx';

export function ConnectionPage() {
  return <PageHeader title="ConnectionPage" />;
}
