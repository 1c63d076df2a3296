import type { StreamEvent } from './event-parser.js';

export interface LeadEvent {
  readonly type: 'lead';
  readonly id: string;
  readonly leadId: string;
  readonly what: 'created' | 'scored' | 'stage-changed';
  readonly stage?: string;
  readonly points?: number;
  readonly at: string;
}

export interface HandoffEvent {
  readonly type: 'handoff';
  readonly id: string;
  readonly handoffId: string;
  readonly leadId: string;
  readonly what: string;
  readonly sellerId?: string;
  readonly sellerName?: string;
  readonly at: string;
  readonly dueAt?: string;
}

interface FunnelEvent {
  readonly type: 'funnel';
  readonly id: string;
}

export type LiveEvent = LeadEvent | HandoffEvent | FunnelEvent;

const TYPES: readonly string[] = ['lead', 'handoff', 'funnel'];

/** The event as the dashboard uses it; undefined for unknown types, so that the server may add some. */
export const liveEventOf = (event: StreamEvent): LiveEvent | undefined => {
  if (!TYPES.includes(event.type)) return undefined;
  try {
    const data: unknown = JSON.parse(event.data);
    if (typeof data !== 'object' || data === null) return undefined;
    return { ...data, type: event.type, id: event.id } as LiveEvent;
  } catch {
    return undefined;
  }
};
