import { PageHeader } from '../../design/Panel.tsx';

export function HomePage() {
  return <PageHeader title="HomePage" />;
}
