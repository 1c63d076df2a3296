import { JourneysBuilder, type Path } from '@baton/attribution';
import type { Transaction } from '@baton/bus';
import { DomainError, ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { OPEN, type Milestone } from '../person/milestone.js';
import { NONE, OTHER, type TouchGrouping } from '../report/grouping.js';
import type { Period } from '../report/period.js';

/** What the paths of one evaluation may take. */
interface ReadLimits {
  /** Of memory: a year of ten million touches of half a million people takes less than half of them. */
  readonly bytes: number;
  /** Until all are read; the limit of a statement is that of a page. */
  readonly ms: number;
}

const LIMITS: ReadLimits = { bytes: 96 * 1024 * 1024, ms: 20_000 };
/** Paths that are read at a time: few enough to be dropped from memory before the collector takes them for lasting. */
const PATHS_PER_PAGE = 500;

/** The paths to a milestone that are asked for. */
export interface PathsAsked {
  readonly milestone: Milestone;
  readonly by: TouchGrouping;
  /** Of the milestones. */
  readonly period: Period;
  /** Days before the milestone; at most those that are stored. */
  readonly lookback: number;
}

/** Journeys of one path. */
interface CountedPath {
  /** Keys; empty: no touch within the look-back. */
  readonly path: readonly string[];
  readonly conversions: number;
  readonly value: number;
}

/** The paths of a report in memory. */
export interface JourneysRead {
  /** Keys of a journey without a touch: one, the empty one. */
  readonly journeys: JourneysBuilder;
  readonly conversions: number;
  readonly withTouches: number;
  readonly value: number;
}

/** The most frequent paths, and all of them. */
export interface FrequentPaths {
  readonly paths: readonly CountedPath[];
  readonly distinct: number;
  readonly conversions: number;
  readonly value: number;
}

const COLUMN: Readonly<Record<TouchGrouping, string>> = {
  channel: 'channels',
  campaign: 'campaigns',
  content: 'contents',
  source: 'sources',
};

/** SQL: the part of a column of touches within $3 days; days are whole ones, so a touch is within 90 days until 89 of them have passed. */
const within = (column: string): string =>
  `case when days[1] < $3 then ${column} else ${column}[cardinality(days) + 1 - (select count(*) from unnest(days) as day where day < $3) :] end`;

/** Lists as JSON, which the engine reads natively; the driver reads arrays of PostgreSQL character by character. */
interface JsonPath extends Omit<CountedPath, 'path'> {
  readonly path: string;
  /** Null unless asked for. */
  readonly days: string | null;
}

/**
 * SQL: distinct paths to a milestone between $1 and $2, with their journeys. The milestone is a literal, so that a plan is made for the part of
 * the table that has it.
 */
const counted = (milestone: Milestone, by: TouchGrouping, days = 'null'): string =>
  `select ${within(COLUMN[by])} as path, ${days} as days, count(*)::int as conversions, sum(value)::float8 as value
   from paths where milestone = '${milestone}' and at >= $1 and at < $2 group by 1, 2`;

/** SQL: the path of each journey with a last touch between $1 and $2 that did not reach the milestone. They are long, so few are equal. */
const open = (milestone: Milestone, by: TouchGrouping): string =>
  `select to_json(${within(COLUMN[by])})::text as path
   from paths where milestone = '${OPEN}' and at >= $1 and at < $2 and not reached @> '{${milestone}}'`;

/** Paths are stored per person and milestone; equal ones are counted when they are read. */
@Injectable()
export class PathReportStore {
  constructor(private readonly database: ReadDatabase) {}

  /**
   * Journeys to a milestone, with days if wanted, and with those that did not reach it: a last touch in the period and no milestone.
   * @throws DomainError `unprocessable` for too many
   */
  async journeys(
    { milestone, by, period, lookback }: PathsAsked,
    want: { readonly days: boolean; readonly nulls: boolean },
    limits = LIMITS,
  ): Promise<JourneysRead> {
    const journeys = new JourneysBuilder();
    const sums = { conversions: 0, withTouches: 0, thousandths: 0 };
    const values = [period.start, period.end, lookback];
    const converted = `select to_json(path)::text as path, to_json(days)::text as days, conversions, value
      from (${counted(milestone, by, want.days ? within('days') : undefined)}) as counted`;
    const until = performance.now() + limits.ms;
    const add = (path: string, of: Omit<Path, 'path'>): void => {
      const keys = path === '[]' ? [''] : (JSON.parse(path) as string[]);
      journeys.add({ path: keys, ...of });
      if (journeys.bytes > limits.bytes || performance.now() > until) throw tooMany();
    };
    await this.database.transaction(async (tx) => {
      await eachPage<JsonPath>(tx, 'converted', converted, values, ({ path, days, conversions, value }) => {
        const daysBefore = days === null ? undefined : days === '[]' ? [0] : (JSON.parse(days) as number[]);
        add(path, { conversions, value, ...(daysBefore && { daysBefore }) });
        sums.conversions += conversions;
        if (path !== '[]') sums.withTouches += conversions;
        // In thousandths, so that the sum of doubles is exact.
        sums.thousandths += Math.round(value * 1_000);
      });
      if (want.nulls)
        await eachPage<Pick<JsonPath, 'path'>>(tx, 'open', open(milestone, by), values, ({ path }) =>
          add(path, { conversions: 0, nulls: 1 }),
        );
    }, 'set transaction isolation level repeatable read, read only');
    return {
      journeys,
      conversions: sums.conversions,
      withTouches: sums.withTouches,
      value: sums.thousandths / 1_000,
    };
  }

  /** The most frequent paths, and how many there are. */
  async frequent({ milestone, by, period, lookback }: PathsAsked, limit: number): Promise<FrequentPaths> {
    const rows = await this.database.rows<CountedPath & { distinct: number; all: number; allValue: number }>(
      `select path, conversions, value, (count(*) over ())::int as distinct, (sum(conversions) over ())::int as all,
         sum(value) over () as "allValue"
       from (${counted(milestone, by)}) as counted order by conversions desc, value desc, path limit ${limit}`,
      [period.start, period.end, lookback],
    );
    const [first] = rows;
    return {
      paths: rows.map(({ path, conversions, value }) => ({ path, conversions, value })),
      distinct: first?.distinct ?? 0,
      conversions: first?.all ?? 0,
      value: Math.round((first?.allValue ?? 0) * 1_000) / 1_000,
    };
  }

  /** What keys are shown as: campaigns by their names. */
  async labels(by: TouchGrouping, keys: readonly string[]): Promise<(key: string) => string> {
    const rows =
      by === 'campaign'
        ? await this.database.rows<{ key: string; label: string }>(
            'select key, label from campaigns where key = any($1::text[])',
            [keys],
          )
        : [];
    const labels = new Map(rows.map(({ key, label }) => [key, label]));
    return (key) => (key === '' ? NONE : key === OTHER ? OTHER : (labels.get(key) ?? key));
  }
}

/** Reads the rows of a query without ever having all of them: the next page comes while one is handled. */
const eachPage = async <Row extends object>(
  tx: Transaction,
  cursor: string,
  query: string,
  values: readonly unknown[],
  handle: (row: Row) => void,
): Promise<void> => {
  const nextPage = () => tx.rows<Row>(`fetch ${PATHS_PER_PAGE} from ${cursor}`);
  await tx.rows(`declare ${cursor} no scroll cursor for ${query}`, values);
  for (let next = nextPage(); ;) {
    const rows = await next;
    const isLast = rows.length < PATHS_PER_PAGE;
    if (!isLast) next = nextPage();
    try {
      rows.forEach(handle);
    } catch (fault) {
      // Its answer belongs to nobody, and the rollback comes after it.
      await next.catch(() => undefined);
      throw fault;
    }
    if (isLast) return;
  }
};

const tooMany = (): DomainError =>
  new DomainError(
    'unprocessable',
    'The period has too many paths: ask for a shorter one, a shorter look-back or another dimension.',
    { errors: [{ pointer: '/from', detail: 'has too many paths' }] },
  );
