import type { DeviationCode } from 'lockstep/admin-api/answers';
import type { Catalogue } from '../../../phrases/phrase.ts';

const en = {
  booleanAsText: 'Boolean as text',
  createOnFilterMiss: 'Replace of a missing element',
  removeWithValue: 'Remove with a value',
  valuePathInFilter: 'Sub-attribute behind brackets',
  emptyTextClears: 'Empty text clears',
  operationInAnyCase: 'Operation in another case',
  unknownSchemas: 'Unknown or unlisted schemas',
  unquotedLiteral: 'Value without quotes',
  jsonInRoleValue: 'JSON in a role value',
  referenceAsText: 'Reference as text',
  dottedKey: 'Path as a member name',
  dottedExtension: 'Dot behind a schema URN',
  bareComplexComparison: 'Complex attribute compared',
  singleForMultiValued: 'One value for a list',
  memberAsText: 'Element as text',
  missingSchemas: 'Missing schemas',
  secondPrimary: 'Two primary values',
  unknownAttribute: 'Attribute that is not kept',
  missingContentType: 'Missing content type',
} as const satisfies Readonly<Record<DeviationCode, string>>;

/** Names of deviations, by their code. */
export const deviationPhrases: Catalogue<DeviationCode> = {
  en,
  nl: {
    booleanAsText: 'Boolean als tekst',
    createOnFilterMiss: 'Vervangen van ontbrekend element',
    removeWithValue: 'Verwijderen met waarde',
    valuePathInFilter: 'Deelattribuut achter haken',
    emptyTextClears: 'Lege tekst wist',
    operationInAnyCase: 'Bewerking anders gespeld',
    unknownSchemas: 'Onbekende of niet genoemde schema’s',
    unquotedLiteral: 'Waarde zonder aanhalingstekens',
    jsonInRoleValue: 'JSON in rolwaarde',
    referenceAsText: 'Verwijzing als tekst',
    dottedKey: 'Pad als veldnaam',
    dottedExtension: 'Punt achter schema-URN',
    bareComplexComparison: 'Samengesteld attribuut vergeleken',
    singleForMultiValued: 'Eén waarde voor een lijst',
    memberAsText: 'Element als tekst',
    missingSchemas: 'Ontbrekende schemas',
    secondPrimary: 'Twee primaire waarden',
    unknownAttribute: 'Attribuut dat niet bewaard wordt',
    missingContentType: 'Ontbrekend content-type',
  },
};

/** Every code there is a name for. */
export const deviationCodes: readonly DeviationCode[] = Object.keys(en) as DeviationCode[]; // the keys of the record
