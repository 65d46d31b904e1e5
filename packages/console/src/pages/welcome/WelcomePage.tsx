import { PageHeader } from '../../design/Panel.tsx';

export function WelcomePage() {
  return <PageHeader title="WelcomePage" />;
}
