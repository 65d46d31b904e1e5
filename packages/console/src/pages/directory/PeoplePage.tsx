import { PageHeader } from '../../design/Panel.tsx';

export function PeoplePage() {
  return <PageHeader title="PeoplePage" />;
}
