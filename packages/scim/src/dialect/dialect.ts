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

/** Told once for each use of a rule, so that deviations can be counted per client. */
export type NoteDeviation = (rule: DialectRule) => void;
