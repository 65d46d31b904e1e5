import { PageHeader } from '../../design/Panel.tsx';

export function OnDemandPage() {
  return <PageHeader title="OnDemandPage" />;
}
