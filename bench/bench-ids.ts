/** Ids of the users and groups that `fillTenant` makes. */
export function userId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function groupId(size: number): string {
  return `00000000-0000-4000-9000-${String(size).padStart(12, '0')}`;
}
