import type { Store } from '@lockstep/store';
import { isEmptyInstallation, type SampleTargets } from '../sample/load-sample.ts';

/** What somebody meets who has just become the first owner. */
export interface FirstRun {
  /** Whether there is something to choose: nothing is here yet, and nobody chose before the start. */
  isOpen(): Promise<boolean>;
  /** For a start that has chosen already, such as the sample. */
  skip(): Promise<void>;
}

const SETTING = 'firstRun';

/** Makes the first run over the store. */
export function createFirstRun(
  targets: Pick<SampleTargets, 'directory' | 'apps'> & { readonly store: Pick<Store, 'apps' | 'tenants'> },
): FirstRun {
  const { apps } = targets.store;
  return {
    isOpen: async () => (await apps.setting(SETTING)) === undefined && (await isEmptyInstallation(targets)),
    skip: () => apps.saveSetting(SETTING, 'skipped'),
  };
}
