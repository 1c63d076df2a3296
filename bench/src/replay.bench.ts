import { setTimeout as delay } from 'node:timers/promises';
import type { LocalJson } from '@baton/testing';
import pg from 'pg';
import { residentMb } from './resident.js';
import { mustEqual, type Result } from './result.js';

const ACTIVITIES = 1_000_000;
const FEW_LEADS = 1_000;
const MANY_LEADS = 100_000;
const SAMPLE_EVERY_MS = 200;

interface Replay {
  readonly seconds: number;
  /** Most resident memory of scoring during the replay, MB. */
  readonly peak: number;
}

/**
 * A draft model over a history of 1,000,000 activities, written to scoring's tables: once of 100,000 leads and once of 1,000, so that a
 * memory that grows with the leads shows.
 */
export const benchReplay = async (local: LocalJson): Promise<Result[]> => {
  const database = new pg.Client(local.database);
  await database.connect();
  try {
    const few = await replayOf(local, database, FEW_LEADS);
    const many = await replayOf(local, database, MANY_LEADS);
    return [
      {
        name: 'replay of 1,000,000 activities of 100,000 leads',
        value: many.seconds,
        unit: 's',
        goal: { below: 30 },
        detail: `${Math.round(ACTIVITIES / many.seconds).toLocaleString('en-US')} activities/s; of 1,000 leads ${few.seconds.toFixed(1)} s`,
      },
      { name: 'memory of scoring during the replay', value: many.peak, unit: 'MB', goal: { below: 500 } },
      {
        name: 'memory with 100,000 leads / with 1,000',
        value: many.peak / few.peak,
        unit: '',
        goal: { below: 1.25 },
        detail: `${many.peak.toFixed(0)} and ${few.peak.toFixed(0)} MB`,
      },
    ];
  } finally {
    await database.query(
      'truncate scoring.leads, scoring.lead_list, scoring.lead_standings, scoring.identifiers, scoring.activities',
    );
    await database.end();
  }
};

const replayOf = async (local: LocalJson, database: pg.Client, leads: number): Promise<Replay> => {
  await fill(database, leads);
  const started = performance.now();
  let peak = 0;
  let answer = await call(local, 'POST', '/api/backtests', { scoringModelId: 'scoring-model-1' });
  while (answer.state === 'running') {
    await delay(SAMPLE_EVERY_MS);
    peak = Math.max(peak, residentMb(local.pids['scoring']!));
    answer = await call(local, 'GET', `/api/backtests/${answer.id}`);
  }
  const seconds = (performance.now() - started) / 1_000;
  if (!answer.result) throw new Error(`the replay ended as ${answer.state}`);
  mustEqual('activities replayed', answer.result.activities, ACTIVITIES);
  mustEqual('leads replayed', answer.result.leads, leads);
  return { seconds, peak };
};

/** Leads with an address, and their activities of half a year: page views, downloads and forms with traits. */
const fill = async (database: pg.Client, leads: number): Promise<void> => {
  await database.query(
    'truncate scoring.leads, scoring.lead_list, scoring.lead_standings, scoring.identifiers, scoring.activities',
  );
  const copied = await database.query<{ name: string; nullable: boolean; type: string }>(
    `select column_name as name, is_nullable = 'YES' as nullable, data_type as type
     from information_schema.columns where table_schema = 'scoring' and table_name = 'leads'`,
  );
  const known: Readonly<Record<string, string>> = {
    id: `('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid`,
    traits: `jsonb_build_object('email', 'p' || n || '@engines.example')`,
    model_id: `'scoring-model-1'`,
    funnel_id: `'funnel-1'`,
  };
  const defaults: Readonly<Record<string, string>> = {
    text: `''`,
    jsonb: `'{}'`,
    boolean: 'false',
    integer: '0',
    'double precision': '0',
    'timestamp with time zone': 'now()',
    uuid: 'gen_random_uuid()',
  };
  const columns = copied.rows.filter(({ name, nullable }) => name in known || !nullable);
  await database.query(
    `insert into scoring.leads (${columns.map(({ name }) => name).join(', ')})
     select ${columns.map(({ name, type }) => known[name] ?? defaults[type] ?? 'null').join(', ')}
     from generate_series(0, ${leads - 1}) as n`,
  );
  await database.query(
    `insert into scoring.identifiers (kind, value, lead_id, profile_id)
     select 'email', traits ->> 'email', id, id from scoring.leads`,
  );
  await database.query(
    `insert into scoring.activities (id, profile_id, occurred_at, received_at, source_id, message_id, kind, name, channel, bot, detail)
     select gen_random_uuid(), ('00000000-0000-4000-8000-' || lpad((n % ${leads})::text, 12, '0'))::uuid,
       now() - (n % 15552000) * interval '1 second', now(), 'bench', n::text,
       case n % 10 when 0 then 'form' when 1 then 'track' else 'page' end,
       case n % 10 when 0 then 'contact' when 1 then 'White Paper Downloaded' else 'Page ' || n % 40 end,
       'organic-search', false,
       case n % 10 when 0
         then '{"traits":{"company":"Engines","employees":250},"properties":{"interest":"pricing"},"consent":true}'::jsonb
         else jsonb_build_object('pageUrl', 'https://www.example/' || n % 40) end
     from generate_series(0, ${ACTIVITIES - 1}) as n`,
  );
  await database.query('analyze scoring.leads; analyze scoring.identifiers; analyze scoring.activities');
};

interface Answer {
  readonly id: string;
  readonly state: string;
  readonly result: { readonly activities: number; readonly leads: number } | null;
}

const call = async (local: LocalJson, method: string, path: string, body?: object): Promise<Answer> => {
  const response = await fetch(`${local.gateway}${path}`, {
    method,
    headers: { authorization: `Bearer ${local.apiToken}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
};
