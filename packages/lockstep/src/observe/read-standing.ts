import type { AppStanding, Standing } from '../server/metrics.ts';
import type { Services } from '../server/services.ts';

/** How every app stands now, for the metrics. Apps go by their id, which is what the cycles count under, too. */
export async function readStanding(
  services: Pick<Services, 'apps' | 'store' | 'jobs' | 'scheduler' | 'requestLog'>,
): Promise<Standing> {
  const { apps, store, jobs, scheduler, requestLog } = services;
  const head = await store.directory.head();
  const standing = (await apps.list()).map(async (app): Promise<AppStanding> => {
    const { engine } = store;
    const [state, life, links, escrows, staged] = await Promise.all([
      engine.state(app.id),
      engine.life(app.id),
      engine.countLinks(app.id),
      engine.countEscrows(app.id),
      engine.countStaged(app.id),
    ]);
    return {
      app: app.id,
      escrows,
      staged: staged.pending,
      isQuarantined: life.state === 'Quarantine',
      isRunning: jobs.progress(app.id) !== undefined,
      feedLag: Math.max(0, head - state.watermark),
      ...links,
    };
  });
  const [list, mailsWaiting, mailsFailed] = await Promise.all([
    Promise.all(standing),
    store.mails.count('waiting'),
    store.mails.count('failed'),
  ]);
  return { apps: list, mailsWaiting, mailsFailed, requestsDropped: requestLog.dropped(), queue: scheduler.queue() };
}
