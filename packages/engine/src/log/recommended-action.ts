/** What to do, by code, for every code the engine itself gives. Codes of refusals by the app bring their own. */
const ACTIONS: Readonly<Record<string, string>> = {
  RedundantExport: 'Nothing; the account is as it should be.',
  NotEffectivelyEntitled: 'Assign the person or the group, or change the scoping filter, if it should be in the app.',
  EntrySynchronizationSkipped: 'Switch the action or the mapping on that the reason names, if this should be written.',
  ImportSkipped: 'Give the person a value for one of the matching attributes.',
  DuplicateTargetEntries: 'Remove the double account in the app, or match by an attribute that tells them apart.',
  DuplicateSourceEntries:
    'Give each of them a value of the matching attribute of their own, or take one of them out of the scope.',
  AttributeMappingFailed: 'Correct the expression that the reason names; `lockstep expression` tries it.',
  MissingValues: 'Give the required attribute a value in the directory, or a default in the mapping.',
  TooManyDeletes: 'Look at `lockstep staged APP`, then approve or reject; or restore what was lost in the directory.',
  RemovalRejected: 'Nothing; it is looked at again when the person changes in the directory.',
  RemovalExpired: 'Nothing; it is looked at again when the person changes in the directory.',
  EscrowExpired: 'Correct the cause and provision the person on demand, or change the person in the directory.',
  InternalError: 'Nothing; the next cycle tries again. Report it if it goes on.',
  UnableToResolveReferenceAttributeValue: 'Nothing; it is written as soon as the named object has an account.',
};

/** What an administrator may do about a code. */
export function recommendedActionFor(code: string): string {
  return ACTIONS[code] ?? 'Look at the steps and at the request and answer of this record.';
}
