import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Link,
  type Span,
} from '@opentelemetry/api';
import type { Received } from './message.js';

const tracer = trace.getTracer('@baton/bus');
const MAX_LINKS = 64;

/** The W3C header of the active span, if there is one. */
export const activeTraceparent = (): string | undefined => traceparentOf(context.active());

const traceparentOf = (ctx: Context): string | undefined => {
  const carrier: { traceparent?: string } = {};
  propagation.inject(ctx, carrier);
  return carrier.traceparent;
};

const isSampled = (traceparent: string): boolean => traceparent.endsWith('01');

const contextOf = (traceparent: string): Context => propagation.extract(ROOT_CONTEXT, { traceparent });

/** A batch with the traces its messages came in. */
export interface TracedBatch {
  /** The messages, each sampled one carrying the span it is handled in, so that what follows joins its trace. */
  readonly messages: readonly Received[];
  end(fault?: unknown): void;
}

/**
 * One span for the batch, linked to what it holds, and one in the own trace of every sampled message: a person
 * following one lead sees each step, and a batch of unsampled messages costs a single span.
 */
export const traceBatch = (name: string, messages: readonly Received[]): TracedBatch => {
  const spans: Span[] = [];
  const links: Link[] = [];
  const traced = messages.map((message) => {
    if (!message.traceparent || !isSampled(message.traceparent)) return message;
    const parent = contextOf(message.traceparent);
    const span = tracer.startSpan(
      `${name} ${message.contract.type}`,
      { kind: SpanKind.CONSUMER, attributes: attributesOf(message) },
      parent,
    );
    spans.push(span);
    const sent = trace.getSpanContext(parent);
    if (sent && links.length < MAX_LINKS) links.push({ context: sent });
    const traceparent = traceparentOf(trace.setSpan(ROOT_CONTEXT, span));
    return traceparent ? { ...message, traceparent } : message;
  });
  if (messages.length > 0) {
    const attributes = { 'messaging.system': 'kafka', 'messaging.batch.message_count': messages.length };
    spans.push(
      tracer.startSpan(`${name} batch`, { kind: SpanKind.CONSUMER, links, attributes }, ROOT_CONTEXT),
    );
  }
  return {
    messages: traced,
    end: (fault) => {
      for (const span of spans) {
        if (fault)
          span.setStatus({
            code: SpanStatusCode.ERROR,
            message: fault instanceof Error ? fault.name : 'failed',
          });
        span.end();
      }
    },
  };
};

const attributesOf = ({ position: place, contract }: Received) => ({
  'messaging.system': 'kafka',
  'messaging.operation.type': 'process',
  'messaging.destination.name': place.topic,
  'messaging.destination.partition.id': String(place.partition),
  'messaging.kafka.offset': Number(place.offset),
  'cloudevents.event_type': contract.type,
});
