/** A half-open range of milliseconds: `from` is in it, `to` is not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const DAY = 86_400_000;

/** The same time in spans that are in order and apart: overlapping and touching ones become one. */
export const merged = (spans: readonly Span[]): readonly Span[] => {
  const result: Span[] = [];
  for (const span of spans.filter(({ from, to }) => from < to).sort((one, other) => one.from - other.from)) {
    const last = result.at(-1);
    if (last && span.from <= last.to) result[result.length - 1] = { ...last, to: Math.max(last.to, span.to) };
    else result.push(span);
  }
  return result;
};

/** Time of the spans, which are apart, between two points; 0 unless `from` is before `to`. */
export const timeWithin = (spans: readonly Span[], from: number, to: number): number => {
  let sum = 0;
  for (const span of spans) {
    const [begin, end] = [Math.max(span.from, from), Math.min(span.to, to)];
    if (begin < end) sum += end - begin;
  }
  return sum;
};
