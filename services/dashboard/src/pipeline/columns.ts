import type { DealState, DealTotal, Money } from '../api/shapes.js';
import { STAGES } from '../deal/stages.js';
import { humanize } from '../ui/humanize.js';

/** A column of the board: open deals of one stage, or the deals of one other state. */
export interface Column {
  readonly key: string;
  readonly title: string;
  readonly state: DealState;
  readonly stage?: string;
  readonly count: number;
  /** One per currency, largest first. */
  readonly sums: readonly Money[];
}

const ENDED: readonly [DealState, string][] = [
  ['won', 'Won'],
  ['lost', 'Lost'],
  ['churned', 'Churned'],
];

/** The usual stages first, then those of a CRM, then the ends; churned only when there are any. */
export const columnsOf = (totals: readonly DealTotal[]): readonly Column[] => {
  const others = totals
    .filter(({ state, stage }) => state === 'open' && !(STAGES as readonly string[]).includes(stage))
    .map(({ stage }) => stage);
  const stages = [...new Set([...STAGES, ...others])];
  const open = stages.map((stage) =>
    column({ key: stage, title: humanize(stage), state: 'open', stage }, totals),
  );
  const ended = ENDED.map(([state, title]) => column({ key: `state:${state}`, title, state }, totals));
  return [...open, ...ended.filter(({ state, count }) => state !== 'churned' || count > 0)];
};

const column = (
  of: Pick<Column, 'key' | 'title' | 'state' | 'stage'>,
  totals: readonly DealTotal[],
): Column => {
  const inside = totals.filter(
    ({ state, stage }) => state === of.state && (of.stage === undefined || of.stage === stage),
  );
  const sums = new Map<string, number>();
  for (const { currency, amount } of inside)
    if (currency !== null && currency !== 'XXX') sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return {
    ...of,
    count: inside.reduce((sum, { deals }) => sum + deals, 0),
    sums: [...sums]
      .map(([currency, amount]) => ({ currency, amount }))
      .sort((one, other) => other.amount - one.amount),
  };
};
