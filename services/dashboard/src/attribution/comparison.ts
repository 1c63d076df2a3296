import type { AttributionReport, Model } from '../api/shapes.js';

/** What erased names are replaced by. Several may be, and none is a key of today. */
const ERASED = '(erased)';

/** Credit of a key by a model; undefined where the figures have no such key. */
export interface ComparedCredit {
  readonly model: Model;
  readonly kept: Amounts | undefined;
  readonly today: Amounts | undefined;
}

export interface ComparedKey {
  readonly key: string;
  readonly credits: readonly ComparedCredit[];
}

interface Amounts {
  readonly conversions: number;
  readonly value: number;
}

type Figures = Pick<AttributionReport, 'models' | 'keys'>;

/** Kept figures beside those of today for the same question: the kept keys in their order, then those that are new. */
export const compared = (kept: Figures, today: Figures): ComparedKey[] => {
  const keyOfToday = new Map(today.keys.map((each) => [each.key, each]));
  const isKept = new Set(kept.keys.map(({ key }) => key));
  const row = (before: Figures['keys'][number] | undefined, now: typeof before): ComparedKey => ({
    key: (before ?? now)!.key,
    credits: kept.models.map((model) => ({
      model,
      kept: creditOf(before, model),
      today: creditOf(now, model),
    })),
  });
  return [
    ...kept.keys.map((each) => row(each, each.key === ERASED ? undefined : keyOfToday.get(each.key))),
    ...today.keys.filter(({ key }) => !isKept.has(key)).map((each) => row(undefined, each)),
  ];
};

const creditOf = (key: Figures['keys'][number] | undefined, model: Model): Amounts | undefined =>
  key?.credits.find((credit) => credit.model === model);

const LEAST = 0.01;
const signed = new Intl.NumberFormat('en', { signDisplay: 'exceptZero', maximumFractionDigits: 2 });

/** How much today's amount differs from the kept one: `same`, `+1.5`, `−2`; a difference that no two decimals show in words. */
export const changeText = (kept: number, today: number): string => {
  if (kept === today) return 'same';
  const change = today - kept;
  if (Math.abs(change) < LEAST) return `${change > 0 ? 'more' : 'less'} by under ${LEAST}`;
  return signed.format(change).replace('-', '−');
};
