import { genericProfile, genericTemplate } from './apps/generic.ts';
import { zenvoicesProfile, zenvoicesTemplate } from './apps/zenvoices.ts';
import { zenyaProfile, zenyaTemplate } from './apps/zenya.ts';
import { zeroProfile, zeroTemplate } from './apps/zero.ts';
import { ziflowProfile, ziflowTemplate } from './apps/ziflow.ts';
import type { AppProfile } from './profile.ts';
import type { AppTemplate } from './template.ts';

export type { LocalField, PortalPage, PortalSection, SignOnForm } from './portal.ts';
export type {
  AbsentResource,
  AllowedActions,
  AppProfile,
  ConnectionField,
  ConnectionFieldId,
  LinkingRule,
  RefusalCase,
  RefusalText,
  ResourceAction,
  ResourceRules,
  RoleRule,
  SignInRule,
  TokenRule,
} from './profile.ts';
export type {
  AllCondition,
  AnyCondition,
  AppTemplate,
  AttributeMapping,
  ConnectionGuide,
  FlowType,
  MappingSource,
  NamedText,
  ObjectMapping,
  ReferencedObject,
  RoleGuide,
  ScopeClause,
  ScopeCondition,
  ScopeFilter,
  ScopeOperator,
  SetupStep,
  TargetActions,
  TargetAttribute,
  TargetAttributeType,
  TargetMutability,
} from './template.ts';

/** The apps this gallery describes. */
export type AppId = 'generic' | 'zenvoices' | 'zenya' | 'zero' | 'ziflow';

/** Engine side of every app, by id. */
export const templates: Readonly<Record<AppId, AppTemplate>> = {
  generic: genericTemplate,
  zenvoices: zenvoicesTemplate,
  zenya: zenyaTemplate,
  zero: zeroTemplate,
  ziflow: ziflowTemplate,
};

/** Provider side of every app, by id. */
export const profiles: Readonly<Record<AppId, AppProfile>> = {
  generic: genericProfile,
  zenvoices: zenvoicesProfile,
  zenya: zenyaProfile,
  zero: zeroProfile,
  ziflow: ziflowProfile,
};
