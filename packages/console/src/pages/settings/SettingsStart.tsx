import { Navigate } from '@tanstack/react-router';
import { useMay } from '../../api/me.ts';
import { PeoplePage } from './PeoplePage.tsx';

/** Where the settings begin: with who signs in here, and for whoever may not see that with their own account. */
export function SettingsStart() {
  return useMay('people') === false ? <Navigate to="/settings/account" replace /> : <PeoplePage />;
}
