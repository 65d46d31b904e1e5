import {
  type AppId,
  type AppProfile,
  type AppTemplate,
  type ObjectMapping,
  type PortalPage,
  type PortalSection,
  profiles,
  templates,
} from '@lockstep/gallery';

/** The guide of each app as Markdown, made from the same data that the product runs on. */
export function appGuides(): ReadonlyMap<AppId, string> {
  const ids = Object.keys(templates).sort() as AppId[]; // the keys of the record
  return new Map(ids.map((id) => [id, guideOf(templates[id], profiles[id])]));
}

function guideOf(template: AppTemplate, profile: AppProfile): string {
  const parts = [
    `# ${template.title}`,
    template.summary,
    '## Provision people into it',
    numbered(template.setupGuide),
    bullets([
      `Tenant URL: ${template.connection.tenantUrlHint}`,
      `${template.connection.tokenLabel}: ${template.connection.tokenHint}`,
      `If Test Connection fails: ${template.connection.testFailureHint}`,
      `Single sign-on (${template.signOn.need}): ${template.signOn.text}`,
    ]),
    ...commandParts(template, profile),
    '### Users',
    mappingTable(template.users),
    '### Groups',
    template.groups.enabled ? mappingTable(template.groups) : 'Switched off.',
    ...(template.roles === undefined ? [] : ['### App roles', template.roles.text]),
    ...(template.notSupported.length === 0 ? [] : ['### What it cannot do', bullets(template.notSupported)]),
    '## Receive SCIM as this app',
    profile.summary,
    bullets([
      `Address: \`${profile.basePath}${profile.tenantInPath ? '{id}' : ''}\`, with and without a slash at the end`,
      `Users: ${kept(profile.users)}`,
      `Groups: ${profile.groups.enabled ? kept(profile.groups) : 'none'}`,
      `DELETE of a user: ${profile.removal === 'delete' ? 'the account goes' : 'the account stays and becomes inactive'}`,
      `Existing accounts: ${profile.linking.by === 'email' ? 'linked by unique e-mail address; the directory leads from then on' : 'a create that meets one is refused as a duplicate'}`,
      `${profile.token.label}: ${profile.token.hint}`,
    ]),
    numbered(profile.setupGuide),
    ...portalParts(profile),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The same steps by command line. */
function commandParts(template: AppTemplate, profile: AppProfile): readonly string[] {
  const name = template.title.split(' ')[0] ?? template.id;
  const yaml = [
    'apps:',
    `  - name: ${name}`,
    `    template: ${template.id}`,
    `    tenantUrl: https://app.example${profile.basePath.replace(/\/$/, '')}${profile.tenantInPath ? '/1234' : ''}${profile.trailingSlash ? '/' : ''}`,
    '    secretToken: env:APP_TOKEN',
    `    scope: ${template.scope}`,
    '    notify: { mail: ops@example.com, onFailure: true }',
  ];
  const role = template.roles === undefined ? '' : ' --role Uploader,Authorizer';
  const commands = [
    'apply -f lockstep.yaml          # add the app; prints what changes first',
    `app test ${name}                # Test Connection`,
    `mapping list ${name}            # the rows below; mapping set, remove, switch change them`,
    ...(template.roles === undefined ? [] : [`role add ${name} Uploader,Authorizer --name "Uploads and authorizes"`]),
    `directory assign ${name} eva.lind@example.com${role}`,
    `provision ${name} eva.lind@example.com   # one person first, with every step`,
    `sync ${name} --wait              # then everyone; later cycles come by themselves`,
    `logs ${name}                     # who was provisioned, who was not, and why`,
    ...(template.importUsers ? [`import ${name} && lockstep import list ${name}   # accounts made in the app`] : []),
  ];
  return [
    'By command line, with this in `lockstep.yaml`:',
    `\`\`\`yaml\n${yaml.join('\n')}\n\`\`\``,
    `\`\`\`console\n${commands.map((command) => `$ lockstep ${command.replace(/ {2,}#/, '   #')}`).join('\n')}\n\`\`\``,
  ];
}

/** The app's own pages, step by step as its guide has them. */
function portalParts(profile: AppProfile): readonly string[] {
  const intro = `A tenant's pages are at \`/portal/{tenantId}\`. The operator lets the first administrator in with \`lockstep provider portal link PROVIDER\` or \`portal add-admin PROVIDER NAME\`, and the customer's IT administrator, who needs no account, with \`lockstep provider setup-link new PROVIDER --for NAME\` ([who may enter](../sso.md)).`;
  const stays =
    profile.staysInApp.length === 0
      ? []
      : [
          '### What stays in the app',
          `The directory neither reads nor changes: ${profile.staysInApp.map(lowerFirst).join('; ')}.`,
        ];
  return ["## The app's own pages", intro, ...profile.portal.map((page) => pageText(profile, page)), ...stays];
}

const AUDIENCES = {
  setup: 'For administrators, and for whoever holds a setup link.',
  member: 'For everybody who is signed in.',
  administrator: 'For administrators.',
} as const;

function pageText(profile: AppProfile, page: PortalPage): string {
  const place = [...page.trail, ...(page.tab === undefined ? [] : [`tab ${page.tab}`])].join(' > ');
  const parts = [
    `### ${place}`,
    `\`/portal/{tenantId}/${page.path}\`. ${AUDIENCES[page.audience ?? 'administrator']}`,
    page.sections.map(sectionText).join('\n'),
    `![${profile.title}: ${page.title}](../screenshots/portal-${profile.id}-${page.path}.png)`,
  ];
  return parts.join('\n\n');
}

function sectionText(section: PortalSection): string {
  const details = detailsOf(section).map((line) => `\n  - ${line}`);
  return `- **${section.title}.** ${section.text}${details.join('')}`;
}

function detailsOf(section: PortalSection): readonly string[] {
  switch (section.kind) {
    case 'sources':
      return [
        `${section.addTitle}: ${section.titleLabel}, ${section.addressLabel} (optional), ${section.addButton}.`,
        `${section.tokenButton}: shown once; pressed again, it makes a new one and the one before stops working.`,
      ];
    case 'accessKey':
    case 'apiKey':
      return [`${section.button}: shown once.`];
    case 'signOn':
      return section.protocols.flatMap((form) => [
        `${form.title}: ${form.fields.map((field) => (field.direction === 'out' ? `${field.label} (to copy)` : field.label)).join(', ')}. ${section.saveButton}.`,
        `Test sign-in, then ${section.activateButton}.`,
      ]);
    case 'members':
      return [`${section.addButton}: an account of the app itself; no directory leads it until one links it.`];
    case 'localSettings':
    case 'ownSettings':
      return [section.fields.map((field) => field.label).join(', ')];
    default:
      return [];
  }
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function kept(rules: Extract<AppProfile['groups'], { enabled: true }>): string {
  const actions = Object.entries(rules.actions).filter(([, isAllowed]) => isAllowed);
  const attributes =
    rules.attributes === 'all' ? 'everything the schemas define' : rules.attributes.map(code).join(', ');
  return `${actions.map(([action]) => action).join(', ')}; keeps ${attributes}`;
}

function mappingTable(mapping: ObjectMapping): string {
  const rows = mapping.mappings.map(({ target, source, matchingPrecedence, apply }) => {
    const notes = [
      ...(matchingPrecedence === undefined ? [] : [`matching, precedence ${matchingPrecedence}`]),
      ...(apply === 'create-only' ? ['at creation only'] : []),
    ];
    return `| ${code(target)} | ${sourceText(source)} | ${notes.join('; ')} |`;
  });
  const off = Object.entries(mapping.actions).filter(([, isOn]) => !isOn);
  const table = ['| attribute of the app | from | |', '|---|---|---|', ...rows].join('\n');
  return off.length === 0 ? table : `${table}\n\nActions switched off: ${off.map(([action]) => action).join(', ')}.`;
}

function sourceText(source: ObjectMapping['mappings'][number]['source']): string {
  switch (source.kind) {
    case 'attribute':
      return code(source.name);
    case 'constant':
      return `constant ${code(source.value)}`;
    case 'expression':
      return code(source.text);
    case 'none':
      return 'nothing';
  }
}

function numbered(steps: readonly { readonly title: string; readonly text: string }[]): string {
  return steps.map((step, at) => `${at + 1}. **${step.title}.** ${step.text}`).join('\n');
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
