const whole = new Intl.NumberFormat('en');

/** A count with separators: `12,304`. */
export const formatCount = (count: number): string => whole.format(count);

/** A count with its noun: `1 event`, `2 events`. */
export const countOf = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
