import { Link } from '@tanstack/react-router';
import { useMay } from '../../api/me.ts';
import { Notice } from '../../design/Badge.tsx';
import { buttonClass } from '../../design/Button.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { homePhrases } from './phrases.ts';

/** For the owner of an empty server: the way back to the first run. */
export function SetUpNotice() {
  const say = usePhrases(homePhrases);
  if (useMay('people') !== true) return null;
  const action = (
    <Link to="/welcome" className={buttonClass('primary')}>
      {say('setUp')}
    </Link>
  );
  return (
    <Notice tone="accent" title={say('emptyServer')} actions={action}>
      {say('emptyServerText')}
    </Notice>
  );
}
