import { NO_HANDOFFS, sumOf, withHandoff, type HandoffCounts } from './handoff-counts.js';
import type { ReplayedLead } from './replayed-lead.js';

/** Leads of a cohort: how many sales got, and how many it would have got under either pair of definitions. */
export interface CohortCounts {
  readonly leads: number;
  /** As it happened, under the definitions of then. */
  readonly real: HandoffCounts;
  readonly active: HandoffCounts;
  readonly draft: HandoffCounts;
}

/** The leads of a month, a channel or a campaign; `key` is empty for leads without a campaign. */
export interface Cohort extends CohortCounts {
  readonly key: string;
}

/** The leads of a month that came by a channel first. */
export interface CohortCell extends CohortCounts {
  readonly month: string;
  readonly channel: string;
}

/** The leads of a backtest by when and from where they came. Every list has each lead once, so that each sums to `total`. */
export interface Cohorts {
  /** IANA time zone of the months. */
  readonly timeZone: string;
  readonly total: CohortCounts;
  /** By month and channel, in this order. */
  readonly cells: readonly CohortCell[];
  /** The earliest first; months between two others are there without leads, too. */
  readonly months: readonly Cohort[];
  /** Most leads first; the rest last. */
  readonly channels: readonly Cohort[];
  readonly campaigns: readonly Cohort[];
}

/** What leads are divided by. */
export interface CohortKeys {
  readonly timeZone: string;
  /** Ms since 1970: months are counted back from it. */
  readonly now: number;
  /** Channels and campaigns with a cohort of their own; leads of any other are in `(other)`. */
  readonly channels: readonly string[];
  readonly campaigns: readonly string[];
}

/** Channels, and campaigns, with a cohort of their own. */
export const MAX_KEYS = 20;
/** Months with a cohort of their own; older leads are in `(earlier)`. */
export const MAX_MONTHS = 60;
export const OTHER = '(other)';
export const EARLIER = '(earlier)';

const NOBODY: CohortCounts = { leads: 0, real: NO_HANDOFFS, active: NO_HANDOFFS, draft: NO_HANDOFFS };

/** Sums replayed leads by month of creation, first channel and first campaign, in memory that does not grow with the leads. */
export class RestatedCohorts {
  /** By month, then by channel. */
  private readonly months = new Map<string, Map<string, CohortCounts>>();
  private readonly byCampaign = new Map<string, CohortCounts>();
  private readonly monthOf: (at: number) => string;
  private readonly named: { readonly channels: Set<string>; readonly campaigns: Set<string> };

  constructor(private readonly keys: CohortKeys) {
    this.monthOf = monthsUpTo(keys.now, keys.timeZone);
    this.named = { channels: new Set(keys.channels), campaigns: new Set(keys.campaigns) };
  }

  add(lead: ReplayedLead): void {
    const { createdAt, channel, campaign } = lead.first;
    const month = this.monthOf(createdAt);
    const channels = this.months.get(month) ?? new Map<string, CohortCounts>();
    this.months.set(month, channels);
    addTo(channels, keyIn(this.named.channels, channel), lead);
    addTo(this.byCampaign, keyIn(this.named.campaigns, campaign ?? ''), lead);
  }

  result(): Cohorts {
    const cells = [...this.months].flatMap(([month, channels]) =>
      [...channels].map(([channel, counts]) => ({ month, channel, ...counts })),
    );
    cells.sort((one, other) => compare(one.month, other.month) || compare(one.channel, other.channel));
    return {
      timeZone: this.keys.timeZone,
      total: cells.reduce<CohortCounts>(plus, NOBODY),
      cells,
      months: withoutGaps(summed(cells, ({ month }) => month)),
      channels: largestFirst(summed(cells, ({ channel }) => channel)),
      campaigns: largestFirst([...this.byCampaign].map(([key, counts]) => ({ key, ...counts }))),
    };
  }
}

/** The month of an instant (ms since 1970) as `2026-01`; `(earlier)` before the newest {@link MAX_MONTHS} months up to `now`. */
const monthsUpTo = (now: number, timeZone: string): ((at: number) => string) => {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn' },
    ...{ year: 'numeric', month: 'numeric' },
  });
  /** Months since the year 0. */
  const monthAt = (at: number): number => {
    const parts = format.formatToParts(at);
    const numberOf = (name: string): number => Number(parts.find(({ type }) => type === name)!.value);
    return numberOf('year') * 12 + numberOf('month') - 1;
  };
  const first = monthAt(now) - MAX_MONTHS + 1;
  return (at) => {
    const month = monthAt(at);
    return month < first ? EARLIER : nameOf(month);
  };
};

const nameOf = (month: number): string =>
  `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

/** Months in ascending order with those between them, so that a chart of them has an even axis. */
const withoutGaps = (months: readonly Cohort[]): Cohort[] =>
  months.flatMap((cohort, place) => {
    const before = months[place - 1];
    if (!before || before.key === EARLIER) return [cohort];
    const [from, to] = [before, cohort].map(
      ({ key }) => Number(key.slice(0, 4)) * 12 + Number(key.slice(5)) - 1,
    );
    const between = Array.from({ length: to! - from! - 1 }, (_, n) => ({
      key: nameOf(from! + n + 1),
      ...NOBODY,
    }));
    return [...between, cohort];
  });

const keyIn = (named: ReadonlySet<string>, key: string): string => (named.has(key) ? key : OTHER);

const addTo = (
  cohorts: Map<string, CohortCounts>,
  key: string,
  { outcome, active, draft }: ReplayedLead,
): void => {
  const before = cohorts.get(key) ?? NOBODY;
  const withLead = (counts: HandoffCounts, isHandedOver: boolean): HandoffCounts =>
    isHandedOver ? withHandoff(counts, outcome) : counts;
  cohorts.set(key, {
    leads: before.leads + 1,
    real: withLead(before.real, outcome.handedOver),
    active: withLead(before.active, active.firstReadyAt !== null),
    draft: withLead(before.draft, draft.firstReadyAt !== null),
  });
};

const plus = (one: CohortCounts, other: CohortCounts): CohortCounts => ({
  leads: one.leads + other.leads,
  real: sumOf(one.real, other.real),
  active: sumOf(one.active, other.active),
  draft: sumOf(one.draft, other.draft),
});

const summed = (cells: readonly CohortCell[], keyOf: (cell: CohortCell) => string): Cohort[] => {
  const sums = new Map<string, CohortCounts>();
  for (const cell of cells) sums.set(keyOf(cell), plus(sums.get(keyOf(cell)) ?? NOBODY, cell));
  return [...sums].map(([key, counts]) => ({ key, ...counts }));
};

const largestFirst = (cohorts: readonly Cohort[]): Cohort[] =>
  cohorts.toSorted(
    (one, other) =>
      Number(one.key === OTHER) - Number(other.key === OTHER) ||
      other.leads - one.leads ||
      compare(one.key, other.key),
  );

const compare = (one: string, other: string): number => Number(one > other) - Number(one < other);
