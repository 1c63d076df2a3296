import { DomainError, ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { OPEN, type Milestone } from '../person/milestone.js';
import { NONE, OTHER, type TouchGrouping } from '../report/grouping.js';
import type { Period } from '../report/period.js';

/** Distinct paths of one report: more would take hundreds of MB. */
const MAX_DISTINCT = 200_000;

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
export interface CountedPath {
  /** Keys; empty: no touch within the look-back. */
  readonly path: readonly string[];
  readonly days?: readonly number[];
  readonly conversions: number;
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

/** SQL: the part of a column of touches within $4 days; days are whole ones, so a touch is within 90 days until 89 of them have passed. */
const within = (column: string): string =>
  `case when days[1] < $4 then ${column} else ${column}[cardinality(days) + 1 - (select count(*) from unnest(days) as day where day < $4) :] end`;

/** Lists as JSON, which the engine reads natively; the driver reads arrays of PostgreSQL character by character. */
interface JsonPath extends Omit<CountedPath, 'path' | 'days'> {
  readonly path: string;
  readonly days?: string;
}

/** @throws DomainError `unprocessable` for too many */
const pathsIn = (rows: readonly JsonPath[]): CountedPath[] => {
  if (rows.length > MAX_DISTINCT) throw tooMany();
  // Each key is in memory once, not once per touch.
  const keys = new Map<string, string>();
  const known = (key: string): string => {
    const same = keys.get(key);
    if (same === undefined) keys.set(key, key);
    return same ?? key;
  };
  return rows.map(({ path, days, conversions, value }) => ({
    path: (JSON.parse(path) as string[]).map(known),
    ...(days !== undefined && { days: JSON.parse(days) as number[] }),
    conversions,
    value,
  }));
};

/** Paths are stored per person and milestone; equal ones are counted when they are read. */
@Injectable()
export class PathReportStore {
  constructor(private readonly database: ReadDatabase) {}

  /** Distinct paths to a milestone, with days if wanted. @throws DomainError `unprocessable` for too many */
  async distinct({ milestone, by, period, lookback }: PathsAsked, withDays: boolean): Promise<CountedPath[]> {
    const days = withDays ? `${within('days')} as days,` : '';
    const rows = await this.database.rows<JsonPath>(
      `select to_json(path)::text as path, ${withDays ? 'to_json(days)::text as days,' : ''} conversions, value from (
         select ${within(COLUMN[by])} as path, ${days} count(*)::int as conversions, sum(value)::float8 as value
         from paths where milestone = $1 and at >= $2 and at < $3 group by 1${withDays ? ', 2' : ''} limit ${MAX_DISTINCT + 1}
       ) as counted`,
      [milestone, period.start, period.end, lookback],
    );
    return pathsIn(rows);
  }

  /** Journeys with a last touch in the period that did not reach the milestone. */
  async nulls({ milestone, by, period, lookback }: PathsAsked): Promise<CountedPath[]> {
    const rows = await this.database.rows<JsonPath>(
      `select to_json(path)::text as path, conversions, value from (
         select ${within(COLUMN[by])} as path, count(*)::int as conversions, 0::float8 as value
         from paths where milestone = '${OPEN}' and at >= $2 and at < $3 and not reached @> array[$1::text] group by 1
         limit ${MAX_DISTINCT + 1}
       ) as counted`,
      [milestone, period.start, period.end, lookback],
    );
    return pathsIn(rows);
  }

  /** The most frequent paths, and how many there are. */
  async frequent({ milestone, by, period, lookback }: PathsAsked, limit: number): Promise<FrequentPaths> {
    const rows = await this.database.rows<CountedPath & { distinct: number; all: number; allValue: number }>(
      `select path, conversions, value, (count(*) over ())::int as distinct, (sum(conversions) over ())::int as all,
         sum(value) over () as "allValue"
       from (
         select ${within(COLUMN[by])} as path, count(*)::int as conversions, sum(value)::float8 as value
         from paths where milestone = $1 and at >= $2 and at < $3 group by 1
       ) as counted order by conversions desc, value desc, path limit ${limit}`,
      [milestone, period.start, period.end, lookback],
    );
    const [first] = rows;
    return {
      paths: rows.map(({ path, conversions, value }) => ({ path, conversions, value })),
      distinct: first?.distinct ?? 0,
      conversions: first?.all ?? 0,
      value: first?.allValue ?? 0,
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

const tooMany = (): DomainError =>
  new DomainError(
    'unprocessable',
    `More than ${MAX_DISTINCT} distinct paths: ask for a shorter period, a shorter look-back or another dimension.`,
    { errors: [{ pointer: '/from', detail: 'has too many distinct paths' }] },
  );
