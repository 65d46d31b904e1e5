import type { ServerSettingsShape, SettingShape } from '../admin-api/settings-routes.ts';

/** Where a setting came from, in brackets behind it. */
function sourceText({ source }: SettingShape<unknown>): string {
  if (source.kind === 'default') return '';
  return source.kind === 'stored' ? ' (set here)' : ` (fixed by ${source.name ?? source.kind})`;
}

/** The settings of mails, one a line. */
export function mailLines({ mailServer, mailFrom, mailTo }: Omit<ServerSettingsShape, 'publicUrl'>): readonly string[] {
  const server = mailServer.value;
  const where = server === null ? 'none, so no mail is sent' : `${server.host}:${server.port}, ${server.security}`;
  const user = server === null || server.user === null ? '' : `, as ${server.user}`;
  const to = mailTo.value.length === 0 ? '-' : mailTo.value.join(', ');
  return [
    `mail server: ${where}${user}${sourceText(mailServer)}`,
    `from: ${mailFrom.value ?? '-'}${sourceText(mailFrom)}`,
    `to: ${to}${sourceText(mailTo)}`,
  ];
}

/** All settings, one a line. */
export function settingsLines({ publicUrl, ...mail }: ServerSettingsShape): readonly string[] {
  return [`base URL: ${publicUrl.value}${sourceText(publicUrl)}`, ...mailLines(mail)];
}
