import {
  type AppId,
  type AppProfile,
  type AppTemplate,
  type ObjectMapping,
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
  ];
  return `${parts.join('\n\n')}\n`;
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
