import { PageHeader } from '../../design/Panel.tsx';

export function ServerPage() {
  return <PageHeader title="ServerPage" />;
}
