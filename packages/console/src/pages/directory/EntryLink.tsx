import { Link } from '@tanstack/react-router';

interface EntryLinkProps {
  readonly type: 'User' | 'Group';
  readonly objectId: string;
  readonly text: string;
}

/** A person or group by name, leading to the page about them. */
export function EntryLink({ type, objectId, text }: EntryLinkProps) {
  const to = type === 'User' ? '/directory/users/$key' : '/directory/groups/$key';
  return (
    <Link to={to} params={{ key: objectId }} className="link">
      {text}
    </Link>
  );
}
