import type { HandoffEventData } from '@baton/contracts';
import type { LeadCreatedV1, LeadScoredV1, LeadStageChangedV1 } from '@baton/contracts';

/** One line of the live stream. Says who by id only: an address has no place in a stream. */
export interface LiveEvent {
  readonly type: 'lead' | 'handoff';
  readonly data: Readonly<Record<string, unknown>>;
}

/** People read a few lines a second; of new scores in one batch only these many, the newest, are told. */
const MOST_SCORES = 50;

export const createdNews = (lead: LeadCreatedV1): LiveEvent => ({
  type: 'lead',
  data: {
    leadId: lead.leadId,
    what: 'created',
    stage: lead.stage,
    channel: lead.channel,
    campaign: lead.campaign,
    at: lead.createdAt,
  },
});

export const scoredNews = ({ leadId, score, scoredAt }: LeadScoredV1): LiveEvent => ({
  type: 'lead',
  data: { leadId, what: 'scored', points: score.points, grade: score.grade, at: scoredAt },
});

export const stageNews = (lead: LeadStageChangedV1): LiveEvent => ({
  type: 'lead',
  data: {
    leadId: lead.leadId,
    what: 'stage-changed',
    from: lead.from,
    stage: lead.to,
    points: lead.score.points,
    channel: lead.channel,
    campaign: lead.campaign,
    at: lead.changedAt,
  },
});

/** `handoff.<what>.v1`, with the instant that the event calls `<what>At` and the due date of a clock if it has one. */
export const handoffNews = (type: string, event: HandoffEventData): LiveEvent => {
  const what = type.split('.')[1] ?? type;
  const said = event as unknown as Readonly<Record<string, unknown>>;
  return {
    type: 'handoff',
    data: {
      handoffId: event.handoffId,
      leadId: event.leadId,
      what,
      sellerId: event.sellerId,
      sellerName: event.sellerName,
      offer: event.offerNumber,
      clock: said['clock'],
      reason: said['reason'],
      why: said['why'],
      at: said[`${what}At`],
      dueAt: said['acceptBy'] ?? said['firstTouchBy'] ?? said['dueAt'],
    },
  };
};

/** Leaves out scores that a newer one of the same lead replaces, and all but the newest of the rest. */
export const worthTelling = (events: readonly LiveEvent[]): LiveEvent[] => {
  const told = new Set<unknown>();
  const kept = events.toReversed().filter(({ data }) => {
    if (data['what'] !== 'scored') return true;
    if (told.size >= MOST_SCORES || told.has(data['leadId'])) return false;
    told.add(data['leadId']);
    return true;
  });
  return kept.reverse();
};

/** An event of the stream as a browser's EventSource reads it; one without an id leaves the reader's place as it is. */
export const frameOf = (type: string, data: string, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${data}\n\n`;
