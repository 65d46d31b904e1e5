import { usePhrases } from '../../../phrases/use-phrases.ts';
import { attributePhrases, isNamed } from './attribute-phrases.ts';

/** Says attributes in the reader's language; those without a word as the API calls them. */
export function useAttributeName(): (name: string) => string {
  const say = usePhrases(attributePhrases);
  return (name) => (isNamed(name) ? say(name) : name);
}
