import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';

/** One measured figure. Goals are printed as reached or missed and never asserted. */
export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Goal on two cores. */
  readonly goal?: { readonly atLeast: number } | { readonly below: number };
  readonly detail?: string;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The smallest value that at least `share` of all values do not exceed. */
export const quantile = (values: readonly number[], share: number): number => {
  if (values.length === 0) throw new Error('a quantile needs at least one value');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
};

/** Checks a count without which the measured figure would be meaningless. @throws Error when the numbers differ */
export const mustEqual = (name: string, actual: number, expected: number): void => {
  if (actual !== expected) throw new Error(`${name}: ${actual} instead of ${expected}`);
};

/** The figures as rows of a Markdown table. */
export const rowsOf = (results: readonly Result[]): string[] =>
  results.map(
    ({ name, value, unit, goal, detail = '' }) =>
      `| ${name} | ${format(value)} ${unit} | ${goal ? verdict(value, goal) : ''} | ${detail} |`,
  );

/** Prints the figures with the machine they were measured on and writes them to bench/results/. */
export const report = (name: string, results: readonly Result[]): void => {
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.version}`;
  const text = [
    `# ${name}`,
    '',
    `${new Date().toISOString()}, ${machine}`,
    '',
    '| measure | value | goal | detail |',
    '|---|---|---|---|',
    ...rowsOf(results),
    '',
  ].join('\n');
  console.log(text);
  const folder = resolve(import.meta.dirname, '../results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(resolve(folder, `${name}.md`), text);
};

const verdict = (value: number, goal: NonNullable<Result['goal']>): string =>
  'atLeast' in goal
    ? `≥ ${format(goal.atLeast)}: ${value >= goal.atLeast ? 'reached' : 'missed'}`
    : `< ${format(goal.below)}: ${value < goal.below ? 'reached' : 'missed'}`;

const format = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(2);
