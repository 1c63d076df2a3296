import { MODELS } from '@baton/attribution';
import { httpClient, type HttpClient, type LocalJson } from '@baton/testing';
import pg from 'pg';
import { liveStaleness } from './live-staleness.js';
import { clearFacts, factsOf, writeFacts, type Facts } from './reporting-facts.js';
import { peakDuring } from './resident.js';
import { median, mustEqual, type Result } from './result.js';
import { whileSuspended } from './suspended.js';

const TOUCHES = Number(process.env['BENCH_TOUCHES'] ?? 10_000_000);
/** The events of the live stream are of different leads. */
const MIN_TOUCHES = 100_000;
const GOAL_S = 1;
const GOAL_MB = 400;
/** Different periods of the same length, so that none is answered from the snapshot of another. */
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo'];
/** A slow report is measured fewer times. */
const MAX_MEASURED_MS = 2_000;
const PROGRESS_EVERY_MS = 15_000;
/** Parts of the ids whose paths are derived at the same time. */
const REBUILDERS = 2;

const REPORTS: Readonly<Record<string, string>> = {
  'funnel by channel': 'funnel?by=channel',
  'funnel by campaign': 'funnel?by=campaign',
  'flow by channel': 'flow?by=channel',
  KPIs: 'kpis?',
  campaigns: 'campaigns?',
  'touches by campaign': 'touches?by=campaign',
  'leads behind a figure': 'leads?by=channel&key=email&stage=mql',
  'frequent paths to won': 'paths?milestone=won',
  'frequent paths to MQL': 'paths?milestone=mql',
  ...Object.fromEntries(
    ['won', 'mql'].flatMap((milestone) =>
      MODELS.map((model) => [
        `attribution of ${milestone} by ${model}`,
        `attribution?milestone=${milestone}&model=${model}`,
      ]),
    ),
  ),
  'attribution of leads by markov': 'attribution?milestone=lead&model=markov',
  'attribution of won by campaign, linear': 'attribution?milestone=won&by=campaign&model=linear',
  'attribution of won by campaign, markov': 'attribution?milestone=won&by=campaign&model=markov',
  'attribution of won by all models': `attribution?milestone=won&model=${MODELS.join()}`,
};

/** The models differ little in time: a year of MQLs is measured with two of them. */
const ONLY_30_DAYS = /^attribution of mql by (?!linear|markov)/;

const dayBefore = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const PERIODS: Readonly<Record<string, string>> = {
  '30 days': `from=${dayBefore(31)}&to=${dayBefore(2)}`,
  year: `from=${dayBefore(366)}&to=${dayBefore(2)}`,
};

/** 10,000,000 touches of 500,000 leads: the paths derived by the service, every report over its HTTP, and the live stream. */
export const benchReporting = async (local: LocalJson): Promise<Result[]> => {
  if (!(TOUCHES >= MIN_TOUCHES)) throw new Error(`BENCH_TOUCHES must be at least ${MIN_TOUCHES}`);
  const facts = factsOf(TOUCHES);
  const database = new pg.Client(local.database);
  await database.connect();
  const client = httpClient(local.gateway, { authorization: `Bearer ${local.apiToken}` });
  const results: Result[] = [];
  const pid = local.pids['reporting']!;
  try {
    await whileSuspended(local, ['ingestion', 'scoring', 'routing'], async () => {
      const began = performance.now();
      await writeFacts(database, facts);
      console.log(`  ${facts.touches} touches of ${facts.leads} leads written in ${secondsSince(began)} s`);
      const rebuildPeak = await peakDuring(pid, async () => {
        results.push(await derivePaths(client, database, facts));
      });
      const reportsPeak = await peakDuring(pid, async () => {
        results.push(...(await measureReports(client)));
      });
      let live: Result[] = [];
      const livePeak = await peakDuring(pid, async () => {
        live = await liveStaleness(local, database);
      });
      results.push(...live, {
        name: 'memory of reporting, most',
        value: Math.max(rebuildPeak, reportsPeak, livePeak),
        unit: 'MB',
        goal: { below: GOAL_MB },
        detail: `while paths were derived ${rebuildPeak.toFixed(0)}, reports answered ${reportsPeak.toFixed(0)}, the stream sent ${livePeak.toFixed(0)}`,
      });
    });
  } finally {
    await clearFacts(database);
    await database.end();
  }
  return results;
};

const secondsSince = (began: number): string => ((performance.now() - began) / 1_000).toFixed(1);

interface Step {
  readonly leads: number;
  readonly people: number;
  readonly paths: number;
  readonly next: string | null;
}

/** The service derives people and paths from the facts by itself (`baton recount --mend`), and finds no difference afterwards. */
const derivePaths = async (client: HttpClient, database: pg.Client, facts: Facts): Promise<Result> => {
  const began = performance.now();
  let leads = 0;
  const progress = setInterval(() => {
    console.log(`  paths of ${leads} of ${facts.leads} leads derived in ${secondsSince(began)} s`);
  }, PROGRESS_EVERY_MS);
  try {
    await Promise.all(
      Array.from({ length: REBUILDERS }, (_, part) => recount(client, part, (step) => (leads += step.leads))),
    );
  } finally {
    clearInterval(progress);
  }
  const seconds = (performance.now() - began) / 1_000;
  const { rows } = await database.query<{ people: number; paths: number }>(
    `select (select count(*)::int from reporting.people where created_at is not null) as people,
       (select count(*)::int from reporting.paths) as paths`,
  );
  mustEqual('people', rows[0]!.people, facts.leads);
  // As autovacuum will, but before the reports are measured.
  await database.query('vacuum analyze reporting.people, reporting.paths');
  const { body } = await client.post('/api/reports/recount', {});
  mustEqual('people and paths that differ', body.people + body.paths, 0);
  return {
    name: `people and paths of ${facts.leads.toLocaleString('en-US')} leads derived`,
    value: seconds,
    unit: 's',
    detail: `${rows[0]!.paths.toLocaleString('en-US')} paths of ${facts.touches.toLocaleString('en-US')} touches, ${Math.round(leads / seconds).toLocaleString('en-US')} leads/s`,
  };
};

/** Ids are evenly distributed: each part begins at its share of them. */
const startOf = (part: number): string =>
  `${Math.floor((part * 0x1_0000) / REBUILDERS)
    .toString(16)
    .padStart(4, '0')}0000-0000-4000-8000-000000000000`;

const recount = async (client: HttpClient, part: number, onStep: (step: Step) => void): Promise<void> => {
  const until = part + 1 < REBUILDERS ? startOf(part + 1) : null;
  for (let after: string | null = startOf(part); after !== null && (until === null || after < until);) {
    const { status, body } = await client.post('/api/reports/recount', { after, mend: true });
    mustEqual('status of a recount', status, 200);
    onStep(body as Step);
    after = (body as Step).next;
  }
};

const measureReports = async (client: HttpClient): Promise<Result[]> => {
  const results: Result[] = [];
  for (const [period, range] of Object.entries(PERIODS))
    for (const [name, path] of Object.entries(REPORTS).filter(
      ([name]) => period !== 'year' || !ONLY_30_DAYS.test(name),
    ))
      results.push(await measure(client, `${name}, ${period}`, `/api/reports/${path}&${range}`));
  results.push(await measure(client, 'SLA', '/api/reports/sla?'));
  return results;
};

/** Warm: the median of the same report of other days, until enough time was spent. */
const measure = async (client: HttpClient, name: string, url: string): Promise<Result> => {
  const isOfNow = url.includes('/sla');
  const times: number[] = [];
  const statuses = new Set<number>();
  const ask = async (zone: string): Promise<number> => {
    const { status, seconds } = await timed(client, isOfNow ? url : `${url}&timeZone=${zone}`);
    statuses.add(status);
    return seconds;
  };
  const began = performance.now();
  for (const zone of ZONES) {
    times.push(await ask(zone));
    if (times.length > 1 && performance.now() - began > MAX_MEASURED_MS) break;
  }
  const again = await ask(ZONES[times.length - 1]!);
  const [cold, ...warm] = times;
  const refused = [...statuses].filter((status) => status !== 200);
  const result: Result = {
    name,
    value: median(warm),
    unit: 's',
    ...(refused.length === 0 && { goal: { below: GOAL_S } }),
    detail: `${refused.length > 0 ? `missed: answered ${refused.join()}; ` : ''}first call ${cold!.toFixed(2)} s; the same again ${(again * 1_000).toFixed(0)} ms`,
  };
  console.log(`  ${name}: ${result.value.toFixed(2)} s (${result.detail})`);
  return result;
};

const timed = async (client: HttpClient, url: string): Promise<{ status: number; seconds: number }> => {
  const began = performance.now();
  const { status, body } = await client.get(url);
  // 422: more distinct paths than an answer may have; 503: over the time limit of a statement.
  if (![200, 422, 503].includes(status)) throw new Error(`${url}: ${status} ${JSON.stringify(body)}`);
  return { status, seconds: (performance.now() - began) / 1_000 };
};
