import { Link } from '@tanstack/react-router';
import { useMay } from '../../api/me.ts';
import { buttonClass } from '../../design/Button.tsx';

interface NewEntryLinkProps {
  readonly to: '/directory/users/new' | '/directory/groups/new';
  readonly text: string;
}

/** Leads to the form of a new person or group, for those who may keep the directory. */
export function NewEntryLink({ to, text }: NewEntryLinkProps) {
  if (useMay('operate') === false) return null;
  return (
    <Link to={to} className={buttonClass('primary')}>
      {text}
    </Link>
  );
}
