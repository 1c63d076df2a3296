import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { plainName } from '@baton/contracts';
import { UsageError } from '../cli-error.js';
import { DATE_ORDERS, type DateOrder } from './instant.js';
import { KINDS } from './fields.js';
import type { MappingOptions } from './mapping.js';
import { OUTCOMES, type Outcome } from './outcome.js';
import { isTimeZone } from './wall-clock.js';

/** As the command line has them. */
export interface ImportOptions {
  readonly writeKey?: string;
  readonly kind?: string;
  readonly map?: readonly string[];
  readonly at?: string;
  readonly outcomes?: string;
  readonly dates?: string;
  readonly timeZone: string;
  readonly encoding?: string;
  readonly dryRun?: boolean;
  readonly restart?: boolean;
  readonly yes?: boolean;
}

export interface ReadOptions extends MappingOptions {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly order: DateOrder | undefined;
  readonly timeZone: string;
  readonly encoding: string | undefined;
}

type Pairs = Map<string, string | readonly string[]>;

/** @throws UsageError for the first option that cannot be */
export const readOptions = (options: ImportOptions): ReadOptions => {
  const { kind, dates, timeZone, encoding } = options;
  const files = (options.map ?? []).filter((given) => given.endsWith('.json')).map(mappingFile);
  const columns: Pairs = new Map(files.flatMap((file) => [...file.columns]));
  for (const given of options.map ?? [])
    if (!given.endsWith('.json'))
      for (const [name, column] of pairsOf(given, '--map')) columns.set(name, column);
  if (options.at !== undefined) columns.set('at', options.at);
  if (!isTimeZone(timeZone))
    throw new UsageError(`--time-zone ${timeZone} is no time zone.`, 'Name one as Europe/Berlin or UTC.');
  return {
    kind: oneOf(kind, KINDS, '--kind'),
    columns,
    outcomes: new Map([
      ...files.flatMap((file) => [...outcomesIn(file.outcomes)]),
      ...outcomesIn(pairsOf(options.outcomes ?? '', '--outcomes')),
    ]),
    order: oneOf(dates, DATE_ORDERS, '--dates'),
    timeZone,
    encoding: encoding === undefined ? undefined : knownEncoding(encoding),
  };
};

const oneOf = <Value extends string>(
  given: string | undefined,
  values: readonly Value[],
  flag: string,
): Value | undefined => {
  if (given === undefined || (values as readonly string[]).includes(given)) return given as Value | undefined;
  throw new UsageError(`${flag} ${given} is none of ${values.join(', ')}.`);
};

const knownEncoding = (name: string): string => {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    throw new UsageError(
      `--encoding ${name} is no encoding.`,
      'Such as utf-8, utf-16le, windows-1252, shift_jis.',
    );
  }
};

const PAIR = /\s*([^=,]+?)\s*=\s*("(?:[^"]|"")*"|[^,]*)\s*(?:,|$)/y;

/** `email=E-Mail,name="Last, first"` as pairs. @throws UsageError */
const pairsOf = (text: string, flag: string): Pairs => {
  const pairs: Pairs = new Map();
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < text.length) {
    const at = PAIR.lastIndex;
    const [, name, given = ''] = PAIR.exec(text) ?? [];
    if (name === undefined)
      throw new UsageError(
        `${flag}: "${text.slice(at)}" is no pair.`,
        'Write name=value,name="other value".',
      );
    const value = given.startsWith('"') ? given.slice(1, -1).replaceAll('""', '"') : given.trim();
    pairs.set(
      name,
      name === 'ignore' || flag === '--outcomes' ? value.split('|').map((each) => each.trim()) : value,
    );
  }
  return pairs;
};

const outcomesIn = (pairs: Pairs): ReadonlyMap<string, Outcome> => {
  const outcomes = new Map<string, Outcome>();
  for (const [name, values] of pairs) {
    const outcome = oneOf(name, OUTCOMES, '--outcomes')!;
    for (const value of typeof values === 'string' ? [values] : values)
      outcomes.set(plainName(value), outcome);
  }
  return outcomes;
};

/** `{ "map": { "email": "E-Mail" }, "outcomes": { "won": ["Gewonnen"] } }` */
const mappingFile = (path: string): { columns: Pairs; outcomes: Pairs } => {
  try {
    const { map = {}, outcomes = {} } = JSON.parse(readFileSync(path, 'utf8')) as Record<
      string,
      Record<string, string | string[]>
    >;
    return { columns: new Map(Object.entries(map)), outcomes: new Map(Object.entries(outcomes)) };
  } catch (fault) {
    throw new UsageError(
      `--map ${path}: ${(fault as Error).message}`,
      'Give JSON such as { "map": { "email": "E-Mail" }, "outcomes": { "won": ["Gewonnen"] } }.',
    );
  }
};

/** Equal for two calls that make the same messages of the same rows and send them to the same source. */
export const planDigest = (read: ReadOptions, address: { url: string; writeKey: string }): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        ...[read.kind, [...read.columns], [...read.outcomes], read.order, read.timeZone],
        ...[address.url, createHash('sha256').update(address.writeKey).digest('hex')],
      ]),
    )
    .digest('hex');
