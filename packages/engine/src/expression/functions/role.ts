import { isJsonObject, type JsonObject } from '@lockstep/scim';
import { itemText, listOf, type Value, type ValueItem } from '../value.ts';
import { define, type FunctionDefinition, parameters } from './function-definition.ts';

/** Functions over the computed attribute `appRoleAssignments` (Entra docs "Customize application attributes"). */
export const roleFunctions: readonly FunctionDefinition[] = [
  define('SingleAppRoleAssignment', parameters('source'), ([value]) => {
    const first = listOf(value ?? null)[0];
    return first === undefined ? null : roleValue(first);
  }),
  define('AppRoleAssignments', parameters('source'), ([value]) => listOf(value ?? null).map(roleValue)),
  define('AppRoleAssignmentsComplex', parameters('source'), ([value]) => roleObjects(value)),
  define('AssertiveAppRoleAssignmentsComplex', parameters('source'), ([value]) => roleObjects(value)),
];

function roleValue(item: ValueItem): string {
  const value = isJsonObject(item) ? item['value'] : undefined;
  return typeof value === 'string' ? value : itemText(item);
}

/** Always a list, an empty one included, so that a replace can empty the target. */
function roleObjects(value: Value | undefined): readonly ValueItem[] {
  return listOf(value ?? null).map(roleObject);
}

function roleObject(item: ValueItem): JsonObject {
  if (!isJsonObject(item)) return { value: item, displayName: item };
  const { id, value, displayName } = { id: item['id'], value: item['value'], displayName: item['displayName'] };
  return {
    ...(id === undefined ? {} : { id }),
    ...(value === undefined ? {} : { value }),
    ...(displayName === undefined ? {} : { displayName }),
  };
}
