import { PageHeader } from '../../design/Panel.tsx';

export function ScopePage() {
  return <PageHeader title="ScopePage" />;
}
