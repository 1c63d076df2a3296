import type { StreamEvent } from './event-parser.js';

export interface LeadMoved {
  readonly type: 'lead';
  readonly id: string;
  readonly leadId: string;
  readonly what: 'created' | 'scored' | 'stage-changed';
  readonly stage?: string;
  readonly points?: number;
  readonly at: string;
}

export interface HandoffMoved {
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

interface FunnelMoved {
  readonly type: 'funnel';
  readonly id: string;
}

export type LiveEvent = LeadMoved | HandoffMoved | FunnelMoved;

const KNOWN: readonly string[] = ['lead', 'handoff', 'funnel'];

/** The event as the dashboard uses it; undefined for kinds it does not know, so that the server may add some. */
export const liveEventOf = (event: StreamEvent): LiveEvent | undefined => {
  if (!KNOWN.includes(event.type)) return undefined;
  try {
    const data: unknown = JSON.parse(event.data);
    if (typeof data !== 'object' || data === null) return undefined;
    return { ...data, type: event.type, id: event.id } as LiveEvent;
  } catch {
    return undefined;
  }
};
