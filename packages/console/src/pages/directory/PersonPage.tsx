import { PageHeader } from '../../design/Panel.tsx';

export function PersonPage() {
  return <PageHeader title="PersonPage" />;
}
