import { useSearchParams } from 'react-router';

export const PERIODS = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
] as const;

/** The period of a report, as its request has it. */
export interface Period {
  readonly from?: string;
  readonly to?: string;
}

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d\d-\d\d$/;
const dayBefore = (days: number, now: number): string =>
  new Date(now - days * DAY_MS).toISOString().slice(0, 10);

/** The period in the address: `days` up to today, or `from` and `to`; 30 days without. Anything else is left to the server to refuse. */
export const periodIn = (params: URLSearchParams, now: number): Period => {
  const [from, to] = [params.get('from'), params.get('to')];
  if (from !== null || to !== null) return { ...(from && { from }), ...(to && { to }) };
  const days = Number(params.get('days') ?? '30');
  return { from: dayBefore((Number.isInteger(days) && days > 0 ? Math.min(days, 3_650) : 30) - 1, now) };
};

/** One of the values that a page offers; the first for anything else in the address. */
export const oneOf = <Value extends string>(value: string | null, values: readonly Value[]): Value =>
  values.find((each) => each === value) ?? values[0]!;

export const isDay = (text: string): boolean => DAY.test(text);

/** Filters of a report are in the address, so that a link shows the same figures; undefined removes one. */
export const useFilters = (): {
  params: URLSearchParams;
  set: (changes: Readonly<Record<string, string | undefined>>) => void;
} => {
  const [params, setParams] = useSearchParams();
  const set = (changes: Readonly<Record<string, string | undefined>>): void =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes))
          if (value === undefined) after.delete(name);
          else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  return { params, set };
};
