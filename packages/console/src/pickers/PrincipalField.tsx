import { useQuery } from '@tanstack/react-query';
import type { EntryShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { apiQuery } from '../api/use-api.ts';
import { Skeleton } from '../design/states.tsx';
import { type Principal, PrincipalPicker, showPrincipal } from './PrincipalPicker.tsx';

interface PrincipalFieldProps {
  readonly kind: 'users' | 'groups';
  readonly label: string;
  /** objectId; empty = nobody. */
  readonly value: string;
  readonly error?: string | undefined;
  readonly onValue: (objectId: string) => void;
}

/** A person or group by name, where an objectId is kept. */
export function PrincipalField({ kind, label, value, error, onValue }: PrincipalFieldProps) {
  const [picked, setPicked] = useState<Principal>();
  const isKnown = value === '' || picked?.objectId === value;
  const query = useQuery({
    ...apiQuery<{ readonly entry: EntryShape }>(['directory', kind, value]),
    enabled: !isKnown,
  });
  if (!isKnown && query.isPending) return <Skeleton lines={1} />;
  // What is gone from the directory is still told by the objectId that stands here.
  const gone: Principal = { objectId: value, type: kind === 'users' ? 'User' : 'Group', label: value, detail: '' };
  const found = query.data === undefined ? gone : showPrincipal(query.data.entry);
  return (
    <PrincipalPicker
      key={value}
      kind={kind}
      label={label}
      value={value === '' ? undefined : picked?.objectId === value ? picked : found}
      error={error}
      onPick={(principal) => {
        setPicked(principal);
        onValue(principal?.objectId ?? '');
      }}
    />
  );
}
