import { usePhrases } from '../../../phrases/use-phrases.ts';
import { deviationCodes, deviationPhrases } from './deviation-phrases.ts';

/** Says the name of a deviation; the code of one that a newer server knows. */
export function useDeviationName(): (code: string) => string {
  const say = usePhrases(deviationPhrases);
  return (code) => {
    const known = deviationCodes.find((one) => one === code);
    return known === undefined ? code : say(known);
  };
}
