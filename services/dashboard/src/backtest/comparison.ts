import type { Backtest } from '../api/shapes.js';

type Result = NonNullable<Backtest['result']>;

/** One figure of both sides. */
export interface Row {
  readonly label: string;
  readonly active: string;
  readonly draft: string;
}

const shown = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : String(value);

/** The figures of a backtest side by side; shares have what they are of. */
export const rowsOf = ({ active, draft }: Result): Row[] => {
  const row = (label: string, of: (side: Result['draft']) => string): Row => ({
    label,
    active: of(active),
    draft: of(draft),
  });
  const share = (value: number | null, { judged }: Result['draft']): string =>
    value === null ? '–' : `${value} (of ${judged} judged)`;
  return [
    row('Hand-offs', ({ handoffs }) => shown(handoffs)),
    row('Sales-ready today', ({ ready }) => shown(ready)),
    row('Accepted per 100 hand-offs', (side) => share(side.acceptedPer100, side)),
    row('Won per 100 hand-offs', (side) => share(side.wonPer100, side)),
    row('Hand-offs per seller and day', ({ perSellerAndDay }) => shown(perSellerAndDay)),
    row('Busiest day, per seller', ({ busiestDay }) =>
      busiestDay ? `${busiestDay.perSeller} on ${busiestDay.day}` : '–',
    ),
  ];
};

/** What the draft does to leads, in a sentence. */
export const effectSentence = ({ leads, becomes, stops }: Result): string => {
  const people = (count: number): string => (count === 1 ? '1 lead' : `${count} leads`);
  if (becomes.count + stops.count === 0)
    return `Of ${people(leads)} the same become sales-ready as with what is in force.`;
  return `Of ${people(leads)}, ${becomes.count} become sales-ready that do not today, and ${stops.count} no longer do.`;
};
