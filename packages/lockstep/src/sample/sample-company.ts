import type { JsonObject } from '@lockstep/scim';

/** Somebody of the sample company. */
export interface SamplePerson {
  readonly objectId: string;
  /** By Entra's names; `manager` is an objectId. */
  readonly attributes: JsonObject;
  /** Name of the department's group, also of people whose attribute `department` is missing. */
  readonly department: string;
  /** City of the office. */
  readonly city: string;
  /** 0 = nobody above; 4 = four managers above. */
  readonly level: number;
}

/** A group of the sample company. */
export interface SampleGroup {
  readonly objectId: string;
  readonly displayName: string;
  readonly description: string;
  /** objectIds of people and groups; a group stands behind its member groups. */
  readonly memberIds: readonly string[];
}

/** A company as messy as a real one: the same for the same seed. */
export interface SampleCompany {
  readonly people: readonly SamplePerson[];
  readonly groups: readonly SampleGroup[];
}

export const SAMPLE_DOMAIN = 'noordlicht.example';
/** Name of the company; guests have that of their own. */
export const SAMPLE_COMPANY = 'Noordlicht Group';
/** The person that guides and examples change. */
export const SAMPLE_PERSON: string = `eva.lind@${SAMPLE_DOMAIN}`;
