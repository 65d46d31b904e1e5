/** Products that name themselves in `User-Agent`, each by a word of its own. */
const PRODUCTS: readonly (readonly [RegExp, string])[] = [
  [/\bokta\b/i, 'Okta'],
  [/azure-ad|\bentra\b/i, 'Microsoft Entra ID'],
  [/\bonelogin\b/i, 'OneLogin'],
  [/\bjumpcloud\b/i, 'JumpCloud'],
  [/\bping(federate|one|identity)\b/i, 'Ping Identity'],
  [/authentik/i, 'authentik'],
  [/\bkeycloak\b/i, 'Keycloak'],
  [/\bsailpoint\b/i, 'SailPoint'],
  [/\bworkday\b/i, 'Workday'],
  [/\brippling\b/i, 'Rippling'],
  [/\blockstep\b/i, 'Lockstep'],
];

/** The product behind a `User-Agent`; `null` when it names none that is known. */
export function recogniseClient(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  return PRODUCTS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
}
