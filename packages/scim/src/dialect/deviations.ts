import type { Deviation, Oddity } from './dialect.ts';
import { type DialectRuleFacts, dialectRuleFacts } from './dialect-rules.ts';

/** What a deviation is, told for the log of requests. */
export type DeviationFacts = Pick<DialectRuleFacts, 'name' | 'deed' | 'reason' | 'rfc' | 'remedy' | 'example'>;

/** The facts of what every dialect takes. */
const oddityFacts: Readonly<Record<Oddity, DeviationFacts>> = {
  unknownAttribute: {
    name: 'Attribute that is not kept',
    deed: 'sent an attribute that is not kept',
    reason: 'An attribute that no schema of the tenant holds is left out; the rest of the request counts.',
    rfc: 'RFC 7644 §3.3',
    remedy: 'Take the attribute out of the mapping of the client, or declare a schema that holds it for this provider.',
    example: '{"userName":"eva.lind","shoeSize":"38"}',
  },
  missingContentType: {
    name: 'Missing content type',
    deed: 'sent a body without a content type',
    reason: 'A body without a content type is read as SCIM.',
    rfc: 'RFC 7644 §3.1',
    remedy: 'Send Content-Type: application/scim+json with each body.',
    example: 'POST /Users without a Content-Type header',
  },
};

/** All deviations by their stable names: the rules of the dialects, and what every dialect takes. */
export const deviationFacts: Readonly<Record<Deviation, DeviationFacts>> = { ...dialectRuleFacts, ...oddityFacts };

/** Whether a text is the name of a deviation. */
export function isDeviation(text: string): text is Deviation {
  return Object.hasOwn(deviationFacts, text);
}
