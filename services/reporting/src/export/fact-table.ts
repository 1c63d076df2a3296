/** Raw facts that are exported, by the view they are read from (docs/bi.md) and the columns that name a row. */
export const FACT_TABLES = {
  people: { view: 'bi_people', key: ['lead_id'] },
  milestones: { view: 'bi_milestones', key: ['lead_id', 'milestone'] },
  touches: { view: 'bi_touches', key: ['touch_id'] },
  offers: { view: 'bi_offers', key: ['handoff_id', 'offer'] },
  deals: { view: 'bi_deals', key: ['deal_id'] },
} as const;

export type FactTable = keyof typeof FACT_TABLES;
export const FACT_NAMES = Object.keys(FACT_TABLES) as readonly FactTable[];

/** Kinds of columns of the facts. */
export type FactType = 'text' | 'instant' | 'amount' | 'count';

export interface FactColumn {
  readonly name: string;
  readonly type: FactType;
}

/** A row of a table of facts: instants in ISO UTC, amounts as numbers. */
export type FactRow = Readonly<Record<string, string | number | null>>;
