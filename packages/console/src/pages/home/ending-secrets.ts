import type { ExpiryShape } from 'lockstep/admin-api/answers';
import type { Tone } from '../../design/Badge.tsx';
import type { Say } from '../../phrases/phrase.ts';
import { urgencyOf } from '../settings/secrets/renewal.ts';
import type { HomePhrase } from './phrases.ts';

/** Tokens, keys and certificates that need somebody, in a sentence. */
export interface EndingSecrets {
  readonly tone: Tone;
  readonly text: string;
}

/** @param items what ends, soonest first; `undefined` when none of it needs anybody yet */
export function endingSecrets(
  items: readonly ExpiryShape[],
  { nowMs, say }: { readonly nowMs: number; readonly say: Say<HomePhrase> },
): EndingSecrets | undefined {
  const count = (urgency: 'ended' | 'soon'): number => items.filter((one) => urgencyOf(one, nowMs) === urgency).length;
  const [ended, soon] = [count('ended'), count('soon')];
  const parts = [
    ...(ended > 0 ? [say('secretsEnded', { n: ended })] : []),
    ...(soon > 0 ? [say('secretsSoon', { n: soon })] : []),
  ];
  return parts.length === 0 ? undefined : { tone: ended > 0 ? 'danger' : 'warning', text: parts.join(' ') };
}
