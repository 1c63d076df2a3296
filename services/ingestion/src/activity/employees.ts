const anyOf = (phrases: string): string =>
  phrases
    .trim()
    .split(/\s*\|\s*/)
    .join('|');
/** A size below a limit, in words or signs: its lower end is one person. */
const BELOW = new RegExp(
  `^(?:${anyOf(
    `[<≤] | &lt; | up to | fewer than | less than | not? more than | at most | under | below | max
  bis | höchstens | unter | weniger als | moins de | inférieur | jusqu | au plus | hasta | menos (?:de|que) | menor
  como mucho | meno di | fino a | al massimo | minder dan | tot | färre än | högst | poniżej | kevesebb | меньше | менее`.replaceAll(
      '\n',
      '|',
    ),
  )}|(?:do|alle|до) (?=\\d))` +
    `|\\d\\s*(?:(?:or|oder|ou|o|of|eller|lub) (?:fewer|less|weniger|moins|menos|meno|minder|färre|mniej)\\b` +
    `|[人名명]?\\s*(?:以下|以内|未満|未满|이하|미만))`,
  'iu',
);
/** Digits with separators of thousands (points, commas, apostrophes and any kind of space), and a unit. */
const NUMBER = /(\d[\d.,'’\s]*)\s*(?:(k|tsd|thousand|m|mio|million)(?!\p{L}))?/iu;
const GROUP = /[.,'’\s](?=\d{3}(?!\d))/g;
const MAX_EMPLOYEES = 10_000_000;

/**
 * The number of employees in a text: a number, or a size class, which counts as its lower end (`51-200` is 51, `1,000+` is 1,000,
 * `<50` is 1). Undefined for a text without a number, and for one that no company has.
 */
export const employeesIn = (given: string): number | undefined => {
  const text = withAsciiDigits(given.normalize('NFKC')).trim();
  if (BELOW.test(text)) return /\d/.test(text) ? 1 : undefined;
  const [, digits, unit] = NUMBER.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const number = Number.parseFloat(digits.replace(GROUP, '').replace(',', '.'));
  const count = Math.floor(number * factorOf(unit));
  return count >= 0 && count <= MAX_EMPLOYEES ? count : undefined;
};

const factorOf = (unit: string | undefined): number =>
  unit === undefined ? 1 : /^m/i.test(unit) ? 1_000_000 : 1_000;

/** Digits of other scripts as ASCII digits; each script has its ten in a row. */
const withAsciiDigits = (text: string): string =>
  text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    let value = 0;
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
    return String(value);
  });
