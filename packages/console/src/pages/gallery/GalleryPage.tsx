import { PageHeader } from '../../design/Panel.tsx';

export function GalleryPage() {
  return <PageHeader title="GalleryPage" />;
}
