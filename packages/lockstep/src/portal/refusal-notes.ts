import type { AuditService } from '../audit/audit-service.ts';
import { CONSOLE_CONNECTION } from '../sso/console-connection.ts';

/** Writes refused sign-ins of tenants into the audit log. */
export type NoteRefusal = (
  tenantId: string,
  refusal: { readonly address: string; readonly reason: string },
) => Promise<void>;

const PER_MINUTE = 60;
const MINUTE_MS = 60_000;

/** At most 60 a minute and tenant are written, so that nobody outside can fill the disk. */
export function createRefusalNotes(audit: AuditService, nowMs: () => number): NoteRefusal {
  let minute = 0;
  const counts = new Map<string, number>();
  return async (tenantId, { address, reason }) => {
    const now = Math.floor(nowMs() / MINUTE_MS);
    if (now !== minute) counts.clear();
    minute = now;
    const count = (counts.get(tenantId) ?? 0) + 1;
    counts.set(tenantId, count);
    if (count > PER_MINUTE) return;
    const action = `sign-in refused: ${reason.slice(0, 300)}`;
    await audit.record({
      actor: `address ${address}`,
      action,
      subject: tenantId === CONSOLE_CONNECTION ? 'console' : `provider ${tenantId}`,
    });
  };
}
