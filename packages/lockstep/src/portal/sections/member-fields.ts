import type { AppProfile } from '@lockstep/gallery';
import { ENTERPRISE_USER_SCHEMA, isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { textOf } from '../page-visit.ts';

/** One attribute of an account that the app's own pages show. */
export interface MemberField {
  readonly name: string;
  readonly label: string;
  /** Path in the profile's list of attributes. */
  readonly path: string;
  read(resource: JsonObject): string;
  /** The top attribute with the value in it; `null` takes it away. */
  write(resource: JsonObject, value: string): JsonObject;
}

/** Attributes that people edit by hand, of those an app may keep. */
const FIELDS: readonly MemberField[] = [
  plain('userName', 'User name'),
  within('name', 'givenName', 'First name'),
  within('name', 'familyName', 'Last name'),
  plain('displayName', 'Display name'),
  workValue('emails', 'E-mail address'),
  workValue('phoneNumbers', 'Work phone'),
  plain('title', 'Job title'),
  plain('preferredLanguage', 'Preferred language'),
  within(ENTERPRISE_USER_SCHEMA, 'department', 'Department', ':'),
  within(ENTERPRISE_USER_SCHEMA, 'organization', 'Organization', ':'),
];

/** The fields of an app's accounts. */
export function memberFields({ users }: AppProfile): readonly MemberField[] {
  const { attributes } = users;
  return attributes === 'all' ? FIELDS : FIELDS.filter((field) => attributes.includes(field.path));
}

/** What a form changes of an account: the fields that differ, as whole attributes. */
export function changesOf(fields: readonly MemberField[], resource: JsonObject, form: URLSearchParams): JsonObject {
  let after: JsonObject = resource;
  const touched = new Set<string>();
  for (const field of fields) {
    if (!form.has(field.name) || textOf(form, field.name) === field.read(resource)) continue;
    const written = field.write(after, textOf(form, field.name));
    for (const name of Object.keys(written)) touched.add(name);
    after = { ...after, ...written };
  }
  return Object.fromEntries([...touched].map((name) => [name, after[name] ?? null]));
}

function plain(name: string, label: string): MemberField {
  return {
    name,
    label,
    path: name,
    read: (resource) => asText(resource[name]),
    write: (_resource, value) => ({ [name]: value === '' ? null : value }),
  };
}

function within(parent: string, name: string, label: string, joint: '.' | ':' = '.'): MemberField {
  const partsOf = (resource: JsonObject): JsonObject => {
    const value = resource[parent];
    return isJsonObject(value) ? value : {};
  };
  return {
    name,
    label,
    path: `${parent}${joint}${name}`,
    read: (resource) => asText(partsOf(resource)[name]),
    write: (resource, value) => {
      const { [name]: _before, ...rest } = partsOf(resource);
      const parts = value === '' ? rest : { ...rest, [name]: value };
      return { [parent]: Object.keys(parts).length === 0 ? null : parts };
    },
  };
}

function workValue(name: string, label: string): MemberField {
  const elementsOf = (resource: JsonObject): readonly Json[] => {
    const value = resource[name];
    return isJsonArray(value) ? value : [];
  };
  const isWork = (element: Json): element is JsonObject => isJsonObject(element) && element['type'] === 'work';
  return {
    name,
    label,
    path: `${name}[type eq "work"].value`,
    read: (resource) => asText(elementsOf(resource).find(isWork)?.['value']),
    write: (resource, value) => {
      const others = elementsOf(resource).filter((element) => !isWork(element));
      const all = value === '' ? others : [...others, { value, type: 'work' }];
      return { [name]: all.length === 0 ? null : all };
    },
  };
}

function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
