import {
  HandoffAccepted,
  HandoffAttempted,
  HandoffBreached,
  HandoffEscalated,
  HandoffOffered,
  HandoffQualified,
  HandoffReassigned,
  HandoffRejected,
  HandoffRetimed,
  HandoffWarned,
  LeadCreated,
  LeadMerged,
  LeadScored,
  LeadStageChanged,
  LeadUnmerged,
  NoticeCreated,
  type EventContract,
  type HandoffEventData,
  type NoticeCreatedV1,
} from '@baton/contracts';

interface LeadChange {
  readonly leadId: string;
  readonly what: 'created' | 'scored' | 'stage-changed' | 'merged' | 'unmerged';
  readonly at: string;
  readonly stage?: string;
  readonly from?: string;
  readonly points?: number;
  readonly grade?: string;
  readonly channel?: string;
  readonly campaign?: string | undefined;
}

interface HandoffChange {
  readonly what: string;
  readonly at: string;
  /** When the clock that runs after this event is due. */
  readonly dueAt?: string;
  readonly clock?: string;
  readonly reason?: string;
  readonly why?: string | undefined;
}

/** Somebody has a notice: their pages fetch it. */
interface NoticeChange {
  readonly what: 'created';
  readonly leadId: string;
  readonly at: string;
  readonly receivers: readonly string[];
}

/** An event of the live stream. Refers to people by id: an address has no place in a stream. */
export type LiveEvent =
  | { readonly type: 'lead'; readonly data: LeadChange }
  | { readonly type: 'notice'; readonly data: NoticeChange }
  | {
      readonly type: 'handoff';
      readonly data: HandoffChange &
        Pick<HandoffEventData, 'handoffId' | 'leadId' | 'sellerId' | 'sellerName'> & {
          readonly offer: number;
        };
    };

type ToLiveEvent = (data: any) => LiveEvent;

/** People read a few lines a second: max scores of one batch that are shown, the newest. */
const MAX_SCORES = 50;
/** Older events are history: a reader that catches up or starts again does not show them as if they happened now. */
const MAX_AGE_MS = 15 * 60 * 1_000;

const lead = <Data extends { leadId: string }>(
  contract: EventContract<string, Data>,
  changeOf: (data: Data) => Omit<LeadChange, 'leadId'>,
): [EventContract, ToLiveEvent] => [
  contract,
  (data: Data) => ({ type: 'lead', data: { leadId: data.leadId, ...changeOf(data) } }),
];

const handoff = <Data extends HandoffEventData>(
  contract: EventContract<string, Data>,
  changeOf: (data: Data) => HandoffChange,
): [EventContract, ToLiveEvent] => [
  contract,
  (data: Data) => ({
    type: 'handoff',
    data: {
      handoffId: data.handoffId,
      leadId: data.leadId,
      sellerId: data.sellerId,
      sellerName: data.sellerName,
      offer: data.offerNumber,
      ...changeOf(data),
    },
  }),
];

/** The events of leads that are shown, and how. */
export const LEAD_EVENTS: ReadonlyMap<EventContract, ToLiveEvent> = new Map([
  lead(LeadCreated, ({ stage, channel, campaign, createdAt }) => ({
    what: 'created',
    stage,
    channel,
    campaign,
    at: createdAt,
  })),
  lead(LeadScored, ({ score: { points, grade }, scoredAt }) => ({
    what: 'scored',
    points,
    grade,
    at: scoredAt,
  })),
  lead(LeadStageChanged, ({ from, to, score, channel, campaign, changedAt }) => ({
    what: 'stage-changed',
    from,
    stage: to,
    points: score.points,
    channel,
    campaign,
    at: changedAt,
  })),
  lead(LeadMerged, ({ mergedAt }) => ({ what: 'merged', at: mergedAt })),
  lead(LeadUnmerged, ({ unmergedAt }) => ({ what: 'unmerged', at: unmergedAt })),
]);

/** The events of hand-offs that are shown, and how. */
export const HANDOFF_EVENTS: ReadonlyMap<EventContract, ToLiveEvent> = new Map([
  handoff(HandoffOffered, ({ offeredAt, acceptBy, why }) => ({
    what: 'offered',
    at: offeredAt,
    dueAt: acceptBy,
    why,
  })),
  handoff(HandoffWarned, ({ warnedAt, dueAt, clock }) => ({ what: 'warned', at: warnedAt, dueAt, clock })),
  handoff(HandoffEscalated, ({ escalatedAt, dueAt, clock, why }) => ({
    what: 'escalated',
    at: escalatedAt,
    dueAt,
    clock,
    why,
  })),
  handoff(HandoffBreached, ({ breachedAt, dueAt, clock }) => ({
    what: 'breached',
    at: breachedAt,
    dueAt,
    clock,
  })),
  handoff(HandoffRetimed, ({ retimedAt, dueAt, clock }) => ({
    what: 'retimed',
    at: retimedAt,
    dueAt,
    clock,
  })),
  handoff(HandoffReassigned, ({ reassignedAt, acceptBy, why }) => ({
    what: 'reassigned',
    at: reassignedAt,
    dueAt: acceptBy,
    why,
  })),
  handoff(HandoffAccepted, ({ acceptedAt, firstTouchBy }) => ({
    what: 'accepted',
    at: acceptedAt,
    dueAt: firstTouchBy,
  })),
  handoff(HandoffRejected, ({ rejectedAt, reason }) => ({ what: 'rejected', at: rejectedAt, reason })),
  handoff(HandoffAttempted, ({ attemptedAt }) => ({ what: 'attempted', at: attemptedAt })),
  handoff(HandoffQualified, ({ qualifiedAt }) => ({ what: 'qualified', at: qualifiedAt })),
]);

/** Notices of people, and how they are announced. */
export const NOTICE_EVENTS: ReadonlyMap<EventContract, ToLiveEvent> = new Map<EventContract, ToLiveEvent>([
  [
    NoticeCreated,
    ({ leadId, receivers, createdAt }: NoticeCreatedV1): LiveEvent => ({
      type: 'notice',
      data: { what: 'created', leadId, receivers, at: createdAt },
    }),
  ],
]);

/** Whether an event decided at `time` is shown at `now`. */
export const isCurrent = (time: Date, now: Date): boolean => now.getTime() - time.getTime() <= MAX_AGE_MS;

/** Leaves out scores that a newer one of the same lead replaces, and all but the newest of the rest. Keeps the order. */
export const throttleScores = <Event extends LiveEvent>(events: readonly Event[]): Event[] => {
  const shown = new Set<string>();
  const kept = events.toReversed().filter(({ data }) => {
    if (data.what !== 'scored') return true;
    if (shown.size >= MAX_SCORES || shown.has(data.leadId)) return false;
    shown.add(data.leadId);
    return true;
  });
  return kept.reverse();
};

interface Message<Position> {
  readonly contract: EventContract;
  readonly data: unknown;
  readonly time: Date;
  readonly position: Position;
}

/** What of a batch is shown at `now`, each event with the position of its message. */
export const shownOf = <Position>(
  batch: readonly Message<Position>[],
  shown: ReadonlyMap<EventContract, ToLiveEvent>,
  now: Date,
): (LiveEvent & { readonly position: Position })[] =>
  throttleScores(
    batch
      .filter(({ time }) => isCurrent(time, now))
      .map(({ contract, data, position }) => ({ ...shown.get(contract)!(data), position })),
  );

/** An event in the format of text/event-stream; one without an id leaves the client's cursor as it is. */
export const frameOf = (type: string, data: string, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${data}\n\n`;
