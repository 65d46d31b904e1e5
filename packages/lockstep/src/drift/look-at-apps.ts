import type { ScanKind } from '@lockstep/store';
import type { App } from '../apps/app-service.ts';
import type { Services } from '../server/services.ts';

export type LookPorts = Pick<Services, 'apps' | 'store' | 'discovery' | 'drift' | 'report'> & {
  readonly nowMs: () => number;
};

/** Looks for accounts and for drift in the apps whose declaration asks for it and whose time has come, one at a time. */
export async function lookAtApps(ports: LookPorts, signal: AbortSignal): Promise<void> {
  for (const app of await ports.apps.list()) {
    if (signal.aborted) return;
    if (!app.hasSecret) continue;
    const { discovery, drift } = app.definition;
    if (await isDue(app, { kind: 'discovery', everyMs: discovery?.intervalMs }, ports)) {
      await attempt(app, ports, () => ports.discovery.scan(app.id));
    }
    if (await isDue(app, { kind: 'drift', everyMs: drift?.intervalMs }, ports)) {
      await attempt(app, ports, async () => {
        await ports.drift.scan(app.id);
        if (drift?.fixes === true) await ports.drift.apply(app.id, { action: 'overwrite' });
      });
    }
  }
}

async function isDue(
  app: App,
  look: { readonly kind: ScanKind; readonly everyMs: number | undefined },
  { store, nowMs }: LookPorts,
): Promise<boolean> {
  if (look.everyMs === undefined) return false;
  const last = await store.findings.scan(app.id, look.kind);
  return last === undefined || nowMs() - last.startedMs >= look.everyMs;
}

async function attempt(app: App, { report }: LookPorts, look: () => Promise<unknown>): Promise<void> {
  try {
    await look();
  } catch (error) {
    report(`${app.definition.name} could not be looked at`, error);
  }
}
