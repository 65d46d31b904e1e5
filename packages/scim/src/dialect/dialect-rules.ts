import type { DialectRule } from './dialect.ts';

/** One deviation from the RFCs, told for documentation and console. */
export interface DialectRuleFacts {
  /** Stable number of the rule; never given to another rule. */
  readonly number: number;
  /** Short title. */
  readonly name: string;
  /** What a client that uses the rule did, to go behind "this client". */
  readonly deed: string;
  /** What is accepted and why it is harmless to do so. */
  readonly reason: string;
  /** Which clients do this, or the RFC section that is departed from. */
  readonly source: string;
  /** The section that is departed from, such as `RFC 7644 §3.5.2`. */
  readonly rfc: string;
  /** What whoever runs the client can do about it. */
  readonly remedy: string;
  /** A fragment of a request that uses the rule. */
  readonly example: string;
}

/** The facts of a rule together with its name in a dialect. */
export interface DialectRuleRow extends DialectRuleFacts {
  readonly rule: DialectRule;
}

/** All rules, by their name in a dialect. */
export const dialectRuleFacts: Readonly<Record<DialectRule, DialectRuleFacts>> = {
  booleanAsText: {
    number: 1,
    name: 'Boolean as text',
    deed: 'sent booleans as text',
    reason:
      'The texts true and false in any case are read as booleans where the schema asks for one; other text is refused.',
    source: 'Microsoft Entra ID without the aadOptscim062020 flag; RFC 7643 §2.3.2',
    rfc: 'RFC 7643 §2.3.2',
    remedy: 'Send true and false without quotes. In Entra: add ?aadOptscim062020 to the end of the tenant URL.',
    example: '{"op":"Replace","path":"active","value":"False"}',
  },
  createOnFilterMiss: {
    number: 2,
    name: 'Replace makes a missing element',
    deed: 'replaced an element that was not there',
    reason: 'A replace whose filter names one element by equality makes that element when there is none.',
    source: 'Microsoft Entra ID; RFC 7644 §3.5.2.3 asks for noTarget',
    rfc: 'RFC 7644 §3.5.2.3',
    remedy: 'Use add with the whole element where it does not exist yet. Entra has no setting for this.',
    example: '{"op":"Replace","path":"emails[type eq \\"work\\"].value","value":"eva@example.org"}',
  },
  removeWithValue: {
    number: 3,
    name: 'Remove with a value',
    deed: 'sent a value with a remove',
    reason: 'A remove that carries a list of values removes those values only, never the whole attribute.',
    source: 'Microsoft Entra ID; RFC 7644 §3.5.2.2 gives value no meaning there',
    rfc: 'RFC 7644 §3.5.2.2',
    remedy:
      'Remove by a filter in the path: members[value eq "ID"]. In Entra: add ?aadOptscim062020 to the end of the tenant URL.',
    example: '{"op":"Remove","path":"members","value":[{"value":"2819c223"}]}',
  },
  valuePathInFilter: {
    number: 4,
    name: 'Value path with a sub-attribute in a filter',
    deed: 'put a sub-attribute behind the brackets of a filter',
    reason: 'A condition behind the brackets of a value path is read as one more condition inside them.',
    source: 'Microsoft Entra ID; RFC 7644 §3.4.2.2 figure 1',
    rfc: 'RFC 7644 §3.4.2.2',
    remedy:
      'Put the whole condition into the brackets: emails[type eq "work" and value eq "..."]. In Entra: match by userName instead.',
    example: 'filter=emails[type eq "work"].value eq "eva@example.org"',
  },
  emptyTextClears: {
    number: 5,
    name: 'Empty text clears',
    deed: 'sent empty text to clear a value',
    reason: 'An empty text counts as no value.',
    source: 'Microsoft Entra ID and the App Gallery validation; RFC 7643 §2.5 names null and [] only',
    rfc: 'RFC 7643 §2.5',
    remedy: 'Use remove, or send null, to clear a value.',
    example: '{"op":"Replace","path":"title","value":""}',
  },
  operationInAnyCase: {
    number: 6,
    name: 'Operation in any case',
    deed: 'wrote an operation in another case',
    reason: 'The words add, replace and remove match without regard to case, and so does Operations.',
    source: 'Microsoft Entra ID without the aadOptscim062020 flag; RFC 7644 §3.5.2',
    rfc: 'RFC 7644 §3.5.2',
    remedy:
      'Write add, replace and remove in lower case. In Entra: add ?aadOptscim062020 to the end of the tenant URL.',
    example: '{"op":"Add","path":"nickName","value":"Eef"}',
  },
  unknownSchemas: {
    number: 7,
    name: 'Unknown or unlisted schemas',
    deed: 'sent unknown or unlisted schemas',
    reason:
      'URNs in schemas that the tenant does not know are ignored, and a known extension may be sent without listing it; its attributes may be named without the URN. A tenant of the generic profile keeps an extension nobody declared, with the types of the values that came first (at most 10 extensions of 50 attributes).',
    source: 'Microsoft Entra ID for groups and for custom extensions; RFC 7643 §3',
    rfc: 'RFC 7643 §3',
    remedy: 'List the schemas whose attributes are sent and no others, or declare the extension for this provider.',
    example:
      '"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group","http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"]',
  },
  unquotedLiteral: {
    number: 8,
    name: 'Value without quotes',
    deed: 'sent a filter value without quotes',
    reason: 'A filter value without quotes runs to the next blank or closing bracket and is read as text.',
    source: 'authentik, one sample of the Entra docs; RFC 7644 §3.4.2.2 figure 1',
    rfc: 'RFC 7644 §3.4.2.2',
    remedy: 'Put quotes around text in filters: userName eq "eva.lind".',
    example: 'filter=userName eq eva.lind',
  },
  jsonInRoleValue: {
    number: 9,
    name: 'JSON in the value of a role',
    deed: 'sent JSON in the value of a role',
    reason: 'A role whose value is a JSON document in text is unpacked into value and display.',
    source: 'Microsoft Entra ID, AppRoleAssignmentsComplex',
    rfc: 'RFC 7643 §4.1.2',
    remedy: 'Send value and display of a role as members. In Entra: map roles by AssertiveAppRoleAssignmentsComplex.',
    example:
      '"roles":[{"value":"{\\"id\\":\\"8774f594\\",\\"value\\":\\"admin\\",\\"displayName\\":\\"Administrator\\"}"}]',
  },
  referenceAsText: {
    number: 10,
    name: 'Reference as text',
    deed: 'sent a reference as text',
    reason: 'A text, or a list of one element, where an object with a value is due is read as that value.',
    source: 'Microsoft Entra ID for manager; RFC 7643 §4.3',
    rfc: 'RFC 7643 §4.3',
    remedy: 'Send an object: "manager": {"value": "ID"}.',
    example: '"manager":"26118915-6090-4610-87e4-49d8ca9f808d"',
  },
  dottedKey: {
    number: 11,
    name: 'Path as a member name',
    deed: 'sent a path as a member name',
    reason:
      'A member whose name is an attribute path sets the attribute at that path; within the object of an extension the URN may be repeated.',
    source: 'Microsoft Entra ID with the aadOptscim062020 flag; RFC 7644 §3.5.2.1',
    rfc: 'RFC 7644 §3.5.2.1',
    remedy: 'Nest the members: {"name": {"givenName": "Eva"}}, or use one operation with a path for each.',
    example: '{"op":"replace","value":{"name.givenName":"Eva"}}',
  },
  dottedExtension: {
    number: 12,
    name: 'Dot behind a schema URN',
    deed: 'put a dot behind a schema URN',
    reason: 'A dot instead of a colon between the URN of a known schema and the attribute is read as the colon.',
    source: 'Microsoft Entra ID jobs of 2018 and before; RFC 7644 §3.10',
    rfc: 'RFC 7644 §3.10',
    remedy: 'Put a colon between the URN of the schema and the attribute.',
    example: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department',
  },
  bareComplexComparison: {
    number: 13,
    name: 'Comparison with a complex attribute',
    deed: 'compared a complex attribute as a whole',
    reason: 'A single complex attribute compared without a sub-attribute is compared by its value.',
    source: 'Microsoft Entra ID reference checks; RFC 7644 §3.4.2.2',
    rfc: 'RFC 7644 §3.4.2.2',
    remedy: 'Compare a sub-attribute: manager.value eq "ID".',
    example: 'filter=manager eq "26118915-6090-4610-87e4-49d8ca9f808d"',
  },
  singleForMultiValued: {
    number: 14,
    name: 'One value where a list is due',
    deed: 'sent one value where a list is due',
    reason:
      'One object where a list is due is read as a list of one, and a list of one behind a path to one element as that element.',
    source: 'OneLogin; RFC 7643 §2.4',
    rfc: 'RFC 7643 §2.4',
    remedy: 'Send a list, also for one value: "emails": [{"value": "..."}].',
    example: '"emails":{"type":"work","value":"eva@example.org"}',
  },
  memberAsText: {
    number: 15,
    name: 'Element as text',
    deed: 'sent an element as text',
    reason: 'A text where an element with a value is due is read as that value.',
    source: 'The SCIM reference tests of Microsoft; RFC 7643 §2.4',
    rfc: 'RFC 7643 §2.4',
    remedy: 'Send each element as an object: "members": [{"value": "ID"}].',
    example: '"members":["2819c223-7f76-453a-919d-413861904646"]',
  },
  missingSchemas: {
    number: 16,
    name: 'Missing schemas',
    deed: 'left schemas out',
    reason: 'A resource or request that does not name its core schema is read as being of the type of its endpoint.',
    source: 'Hand-made clients; RFC 7643 §3',
    rfc: 'RFC 7643 §3',
    remedy: 'Name the core schema in schemas.',
    example: '{"userName":"eva.lind"}',
  },
  secondPrimary: {
    number: 17,
    name: 'More than one primary value',
    deed: 'sent more than one primary value',
    reason: 'Of several primary values the first stays primary.',
    source: 'Hand-made clients; RFC 7643 §2.4 allows one',
    rfc: 'RFC 7643 §2.4',
    remedy: 'Mark one value of a list as primary.',
    example: '"emails":[{"value":"a@example.org","primary":true},{"value":"b@example.org","primary":true}]',
  },
};

/** All rules as a list, in the order of their numbers. */
export const dialectRules: readonly DialectRuleRow[] = Object.entries(dialectRuleFacts)
  // The keys of a Record over DialectRule are its members.
  .map(([rule, facts]) => ({ rule: rule as DialectRule, ...facts }))
  .toSorted((left, right) => left.number - right.number);
