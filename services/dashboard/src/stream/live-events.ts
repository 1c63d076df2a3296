import type { StreamEvent } from './event-parser.js';

export interface LeadEvent {
  readonly type: 'lead';
  readonly id: string;
  readonly leadId: string;
  readonly what: 'created' | 'scored' | 'stage-changed' | 'merged' | 'unmerged';
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

/** A report of the stream, whole. */
export interface ReportEvent {
  readonly type: 'funnel' | 'sla';
  readonly id: string;
  /** The name by which it was asked for. */
  readonly show?: string;
}

/** These people have a new notice. */
interface NoticeEvent {
  readonly type: 'notice';
  readonly id: string;
  readonly receivers: readonly string[];
}

export type LiveEvent = LeadEvent | HandoffEvent | ReportEvent | NoticeEvent;

/** Whether an event is a report, of which the newest replaces the others. */
export const isReport = (event: LiveEvent): event is ReportEvent =>
  event.type === 'funnel' || event.type === 'sla';

const TYPES: readonly string[] = ['lead', 'handoff', 'funnel', 'sla', 'notice'];

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
