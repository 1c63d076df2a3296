import {
  AttributionRefused,
  evaluate,
  finished,
  requestViolations,
  type AttributionRequest,
  type Credit,
  type Model,
  type Options,
} from '@baton/attribution';
import { readFile, stat } from 'node:fs/promises';
import { CliError } from './cli-error.js';
import { csvOf, textOf } from './csv.js';
import { pathsOf } from './paths-file.js';
import { table } from './table.js';
import type { Terminal } from './terminal.js';

const MAX_FILE_BYTES = 128 * 1024 * 1024;
/** Violations that are printed. */
const MAX_PRINTED = 10;

export interface AttributionOptions {
  readonly model: Model;
  readonly order?: string;
  readonly halfLifeDays?: string;
  readonly shape?: Options['shape'];
  readonly directKey?: readonly string[];
  /** Between the touches of a path. */
  readonly separator: string;
  readonly csv?: boolean;
  readonly json?: boolean;
}

/** Prints the credits of a model for the paths of a CSV file. Computes them itself: no Baton has to run. */
export const attributePaths = async (
  terminal: Terminal,
  file: string,
  options: AttributionOptions,
): Promise<void> => {
  if (options.separator.trim() === '') throw new CliError('--separator must not be blank.');
  const { paths, lines } = pathsOf(textOf(await read(file)), options.separator.trim());
  const credits = creditsOf({ model: options.model, options: modelOptionsOf(options), paths }, lines);
  terminal.write(formatted(credits, options));
};

const read = async (file: string): Promise<Uint8Array> => {
  try {
    if ((await stat(file)).size <= MAX_FILE_BYTES) return await readFile(file);
  } catch (fault) {
    throw new CliError(`Cannot read ${file}: ${(fault as Error).message}`);
  }
  throw new CliError(`${file} is larger than ${MAX_FILE_BYTES} bytes.`, 'Join rows with the same path.');
};

const modelOptionsOf = ({ order, halfLifeDays, shape, directKey }: AttributionOptions): Options => ({
  ...(order !== undefined && { order: Number(order) }),
  ...(halfLifeDays !== undefined && { halfLifeDays: Number(halfLifeDays) }),
  ...(shape !== undefined && { shape }),
  ...(directKey !== undefined && { directKeys: directKey }),
});

const creditsOf = (request: AttributionRequest, lines: readonly number[]): Credit[] => {
  const violations = finished(requestViolations(request));
  if (violations.length > 0) throw refusalOf(violations, lines);
  try {
    return evaluate(request);
  } catch (fault) {
    if (fault instanceof AttributionRefused) throw refusalOf([fault], lines);
    throw fault;
  }
};

const refusalOf = (
  violations: readonly { readonly pointer: string; readonly detail: string }[],
  lines: readonly number[],
): CliError => {
  const told = violations
    .slice(0, MAX_PRINTED)
    .map(({ pointer, detail }) => `${placeOf(pointer, lines)} ${detail}.`);
  const rest = violations.length - told.length;
  return new CliError([...told, ...(rest > 0 ? [`${rest} more.`] : [])].join('\n'));
};

const FLAGS: Readonly<Record<string, string>> = {
  order: '--order',
  halfLifeDays: '--half-life-days',
  shape: '--shape',
  directKeys: '--direct-key',
} satisfies Record<keyof Options, string>;

/** `/paths/3/conversions` is `Line 5: conversions`, `/options/halfLifeDays` is `--half-life-days`. */
const placeOf = (pointer: string, lines: readonly number[]): string => {
  const [, part, name, column = 'row', position] = pointer.split('/');
  if (name === undefined) return `The ${part}`;
  if (part === 'options') return FLAGS[name] ?? name;
  return `Line ${lines[Number(name)]}: ${column}${position === undefined ? '' : `, touch ${Number(position) + 1},`}`;
};

const formatted = (credits: readonly Credit[], { csv, json }: AttributionOptions): string => {
  if (json) return JSON.stringify({ credits }, null, 2);
  const hasValue = credits.some(({ value }) => value !== undefined);
  if (csv)
    return csvOf([
      ['key', 'conversions', ...(hasValue ? ['value'] : [])],
      ...credits.map(({ key, conversions, value }) => [key, conversions, ...(hasValue ? [value!] : [])]),
    ]);
  const totals = { conversions: sumOf(credits, 'conversions'), value: sumOf(credits, 'value') };
  const [conversions, value] = [decimalsOf(credits, 'conversions'), decimalsOf(credits, 'value')];
  const share = (of: number): string =>
    totals.conversions === 0 ? '–' : `${((100 * of) / totals.conversions).toFixed(1)} %`;
  return table<Credit>(
    [
      { title: 'KEY', value: ({ key }) => key },
      { title: 'CONVERSIONS', value: (row) => row.conversions.toFixed(conversions), right: true },
      { title: 'SHARE', value: (row) => share(row.conversions), right: true },
      ...(hasValue
        ? [{ title: 'VALUE', value: (row: Credit) => row.value!.toFixed(value), right: true }]
        : []),
    ],
    [...credits, { key: '(total)', ...totals }],
  );
};

type Amount = 'conversions' | 'value';

const sumOf = (credits: readonly Credit[], of: Amount): number =>
  credits.reduce((sum, credit) => sum + (credit[of] ?? 0), 0);

/** Decimals that show every credit exactly. */
const decimalsOf = (credits: readonly Credit[], of: Amount): number =>
  Math.max(0, ...credits.map((credit) => decimals(credit[of] ?? 0)));

const decimals = (amount: number): number => amount.toFixed(6).replace(/0+$/, '').split('.')[1]!.length;
