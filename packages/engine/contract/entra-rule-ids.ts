/** Ids of the rules of Entra's provisioning service, as the project's notes on it number them. */
export const entraRuleIds: readonly string[] = [
  ...numbered('LIFE-', 6),
  ...numbered('SCOPE-', 10),
  ...numbered('MATCH-', 9),
  ...numbered('REF-', 5),
  ...numbered('MAP-', 5),
  ...numbered('ERR-', 4),
  ...numbered('Q-', 2),
  ...numbered('DEL-', 4),
  ...numbered('D', 13),
];

function numbered(kind: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${kind}${at + 1}`);
}
