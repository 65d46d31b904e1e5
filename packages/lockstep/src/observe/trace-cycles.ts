import type { CycleEvent } from '@lockstep/engine';
import { type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { TRACER } from './traced-fetch.ts';

/** Puts a span around each cycle, from what cycles tell. */
export function traceCycles(): (event: CycleEvent) => void {
  const spans = new Map<string, Span>();
  return (event) => {
    if (event.kind === 'started') {
      const attributes = { 'lockstep.app': event.jobId, 'lockstep.cycle': event.cycleId, 'lockstep.kind': event.cycle };
      spans.set(event.cycleId, trace.getTracer(TRACER).startSpan('provisioning cycle', { attributes }));
    }
    if (event.kind !== 'finished') return;
    const span = spans.get(event.cycleId);
    spans.delete(event.cycleId);
    const { state, counts } = event.summary;
    span?.setAttributes({
      'lockstep.state': state,
      'lockstep.created': counts.created,
      'lockstep.failed': counts.failed,
    });
    if (state === 'failed') span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  };
}
