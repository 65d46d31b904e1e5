/** What stands for a value that is not shown, as in the provisioning log. */
export const MASK = '[Redact]';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is an id of our own making or a directory's: it says nothing about a person by itself. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}
