import { PageHeader } from '../../design/Panel.tsx';

export function TemplatePage() {
  return <PageHeader title="TemplatePage" />;
}
