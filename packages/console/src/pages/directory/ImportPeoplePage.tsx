import { PageHeader } from '../../design/Panel.tsx';

export function ImportPeoplePage() {
  return <PageHeader title="ImportPeoplePage" />;
}
