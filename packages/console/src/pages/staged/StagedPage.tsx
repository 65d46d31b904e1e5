import { PageHeader } from '../../design/Panel.tsx';

export function StagedPage() {
  return <PageHeader title="StagedPage" />;
}
