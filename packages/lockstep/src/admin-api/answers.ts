// The shapes of the admin API for clients written in TypeScript, such as the console: types alone, nothing at run time.
export type {
  AttributeMapping,
  FlowType,
  MappingSource,
  ScopeClause,
  ScopeCondition,
  ScopeFilter,
  ScopeOperator,
  TargetAttribute,
  TargetAttributeType,
} from '@lockstep/gallery';
export type { AccountView as AccountShape, RolePreview, RoleTable } from '@lockstep/provider';
export type { Member as MemberShape } from '@lockstep/provider/ports';
export type { Deviation as DeviationCode } from '@lockstep/scim';
export type { AppRole as AppRoleShape, KeptItem as KeptItemShape } from '@lockstep/store';
export type { Grant as GrantShape } from '../apps/assignments.ts';
export type { ScopeCounts } from '../apps/count-scope.ts';
export type { DeclaredMapping } from '../apps/declared-app.ts';
export type { DeclaredSettings } from '../apps/declared-settings.ts';
export type { Difference } from '../apps/diff-json.ts';
export type { ConnectionResult as ConnectionResultShape } from '../apps/open-client.ts';
export type { MappingPreview } from '../apps/previews.ts';
export type { ImportReport as ImportReportShape } from '../directory/import-people.ts';
export type { SampleProgress as SampleProgressShape } from '../first-run/sample-loader.ts';
export type { AboutShape } from './about-routes.ts';
export type { AppSettingsChange, AppSettingsShape } from './app-settings-routes.ts';
export type { AppShape } from './app-shape.ts';
export type { AuditShape } from './audit-routes.ts';
export type { ConsoleSignInShape } from './console-sign-in-routes.ts';
export type { CredentialShape, CredentialShape as TokenShape, NewCredential } from './credential-shape.ts';
export type { DirectoryAttributeShape, DirectoryPageShape } from './directory-routes.ts';
export type { EditAnswer, EditRequest, EditShape } from './edit-shape.ts';
export type { EntryShape } from './entry-shape.ts';
export type { ExpiryShape } from './expiry-routes.ts';
export type { AppExplanationShape, ExplanationShape, FailureShape, StandingShape } from './explanation-shape.ts';
export type { FeedRunShape, FeedShape } from './feed-routes.ts';
export type { FindingShape, ScanShape, SettledShape } from './finding-routes.ts';
export type { TemplateShape } from './gallery-routes.ts';
export type { OrphansShape } from './job-life-routes.ts';
export type { LinkShape } from './link-routes.ts';
export type { LogPageShape } from './log-routes.ts';
export type { LogShape } from './log-shape.ts';
export type { MailFailureShape, MailShape } from './mail-routes.ts';
export type { MappingTableShape } from './mapping-routes.ts';
export type { MeShape, OwnSessionShape } from './me-routes.ts';
export type { InheritedShape } from './membership-routes.ts';
export type { KeyShape, PersonShape } from './people-routes.ts';
export type { PlanShape } from './plan-routes.ts';
export type { Problem } from './problem-shape.ts';
export type { ProviderGroupShape } from './provider-group-routes.ts';
export type { CountedProvider as CountedProviderShape, EventShape, ProviderShape } from './provider-routes.ts';
export type {
  DeviationShape,
  RequestDetailShape,
  RequestShape,
  RequestSummaryShape,
} from './request-shape.ts';
export type { ImportShape, PlanCounts } from './schema-routes.ts';
export type { FilterShape, ScopeShape } from './scope-routes.ts';
export type { RotationShape, SecretsShape } from './secret-routes.ts';
export type { SessionShape } from './session-shape.ts';
export type { MailServerShape, ServerSettingsShape, SettingShape } from './settings-routes.ts';
export type { SsoAddressesShape, SsoShape } from './sso-routes.ts';
export type { StagedShape } from './staged-shape.ts';
export type { ServerStatusShape } from './status-routes.ts';
export type { CycleShape, QuarantineShape, StatisticsShape, StatusShape } from './status-shape.ts';
export type { DeadLetterShape, WebhookShape } from './webhook-routes.ts';
