/** A share with its numerator and denominator, as every figure of Baton is shown. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
}

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const finePercent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en');

export const countOf = (value: number): string => whole.format(value);

/** The share in percent, `–` when the denominator is 0; small ones with a decimal so that they are not shown as 0 %. */
export const percentOf = ({ numerator, denominator }: Share): string => {
  if (denominator === 0) return '–';
  const share = numerator / denominator;
  return (share > 0 && share < 0.095 ? finePercent : percent).format(share);
};

/** `128 of 312`. */
export const partsOf = ({ numerator, denominator }: Share): string =>
  `${countOf(numerator)} of ${countOf(denominator)}`;

export interface Step {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  /** Share of the widest stage, 0 to 1: the length of its bar. */
  readonly width: number;
  /** From the stage before; absent for the first. */
  readonly conversion?: Share;
}

/** The funnel as bars, each with its conversion from the stage before. */
export const stepsOf = (
  stages: readonly { key: string; label: string }[],
  counts: Readonly<Record<string, number>>,
): Step[] => {
  const widest = Math.max(1, ...stages.map(({ key }) => counts[key] ?? 0));
  return stages.map(({ key, label }, place) => {
    const count = counts[key] ?? 0;
    const before = stages[place - 1];
    const step = { key, label, count, width: count / widest };
    return before
      ? { ...step, conversion: { numerator: count, denominator: counts[before.key] ?? 0 } }
      : step;
  });
};
