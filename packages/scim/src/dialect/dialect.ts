/**
 * The deviations from the RFCs that real clients make, one name per rule. A dialect is the set of rules a tenant
 * accepts; everything behind the ingress layer sees RFC shapes only.
 */
export type DialectRule =
  | 'booleanAsText'
  | 'createOnFilterMiss'
  | 'removeWithValue'
  | 'valuePathInFilter'
  | 'emptyTextClears'
  | 'operationInAnyCase'
  | 'unknownSchemas'
  | 'unquotedLiteral'
  | 'jsonInRoleValue'
  | 'referenceAsText'
  | 'dottedKey'
  | 'dottedExtension'
  | 'bareComplexComparison'
  | 'singleForMultiValued'
  | 'memberAsText'
  | 'missingSchemas'
  | 'secondPrimary';

/** The rules a tenant accepts. A rule that is absent is answered with the error the RFC asks for. */
export type Dialect = ReadonlySet<DialectRule>;

/** What every dialect takes and nothing is refused for, and is told all the same: whoever set the client up may not know. */
export type Oddity = 'unknownAttribute' | 'missingContentType';

/** Something a client sent beside the RFCs, or that came to nothing here. Names are stable. */
export type Deviation = DialectRule | Oddity;

/** Told once for each use of a rule and each oddity, so that deviations can be counted per client. */
export type NoteDeviation = (deviation: Deviation) => void;
