import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually, type LocalJson } from '@baton/testing';
import pg from 'pg';
import { mustEqual, quantile, type Result } from './result.js';
import { listen } from './sse.js';

/** One constant rate of form submissions and its goals. */
interface Rate {
  readonly perSecond: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Five processes and a broker compile their hot paths first; the first half minute takes twice as long. */
const WARM_UP: Rate = { perSecond: 200, seconds: 40, p50Ms: 0, p99Ms: 0 };
const RATES: readonly Rate[] = [
  { perSecond: 200, seconds: 20, p50Ms: 120, p99Ms: 400 },
  { perSecond: 20, seconds: 30, p50Ms: 60, p99Ms: 150 },
];

const emailOf = (i: number, run: string): string => `lead${i}.${run}@company${i % 500}.example`;

const form = (i: number, run: string): string =>
  new URLSearchParams({
    email: emailOf(i, run),
    name: `Lead ${i}`,
    company: `Company ${i % 500}`,
    job_title: 'Head of Operations',
    employees: '250',
    interest: 'pricing',
    message: 'Please call me about your pricing',
    consent: 'yes',
    utm_source: 'google',
    utm_medium: 'cpc',
    utm_campaign: 'bench',
  }).toString();

/** node:http with keep-alive instead of fetch: the load generator shares the cores with the services. */
const agent = new Agent({ keepAlive: true });
const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };

const post = (url: string, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
      response
        .resume()
        .once('end', () => resolve(response.statusCode!))
        .once('error', reject);
    });
    outgoing.once('error', reject).end(body);
  });

/** Times of the first `offered` event of each lead on the live stream. */
class OfferStream {
  readonly offeredAt = new Map<string, number>();
  private readonly offers = new Map<string, number>();
  private readonly end = new AbortController();
  private readonly stream: Promise<void>;

  constructor(local: LocalJson) {
    this.stream = listen(
      `${local.gateway}/api/live`,
      { authorization: `Bearer ${local.apiToken}` },
      ({ event, data }) => {
        if (event === 'handoff') this.record(JSON.parse(data) as { leadId: string; what: string });
      },
      this.end.signal,
    ).catch((fault: unknown) => {
      if (!this.end.signal.aborted) throw fault;
    });
  }

  /** Leads with more than one offer. */
  get repeated(): number {
    return [...this.offers.values()].filter((times) => times > 1).length;
  }

  async stop(): Promise<void> {
    this.end.abort();
    await this.stream;
  }

  private record({ leadId, what }: { leadId: string; what: string }): void {
    if (what !== 'offered') return;
    this.offers.set(leadId, (this.offers.get(leadId) ?? 0) + 1);
    if (!this.offeredAt.has(leadId)) this.offeredAt.set(leadId, performance.now());
  }
}

/** Submits forms at a constant rate, independent of the responses. Returns the planned send time by e-mail address. */
const submitForms = async (local: LocalJson, { perSecond, seconds }: Rate, run: string) => {
  const total = perSecond * seconds;
  const dueAt = new Map<string, number>();
  const started = performance.now();
  const statuses: Promise<number>[] = [];
  for (let i = 0; i < total; i += 1) {
    const due = started + (i * 1_000) / perSecond;
    const wait = due - performance.now();
    if (wait > 1) await delay(wait);
    dueAt.set(emailOf(i, run), due);
    statuses.push(post(`${local.ingestion}/f/${local.formId}`, form(i, run)));
  }
  const accepted = (await Promise.all(statuses)).filter((status) => status === 200).length;
  mustEqual('accepted forms', accepted, total);
  return dueAt;
};

/** Milliseconds from the planned send time of each form to its offer on the live stream. */
const latencies = async (
  local: LocalJson,
  database: pg.Client,
  offers: OfferStream,
  rate: Rate,
): Promise<number[]> => {
  const run = `${rate.perSecond}-${Date.now().toString(36)}`;
  const dueAt = await submitForms(local, rate, run);
  const leads = await eventually(
    async () => {
      const { rows } = await database.query<{ value: string; lead_id: string }>(
        `select value, lead_id from scoring.identifiers where kind = 'email' and value like $1`,
        [`%.${run}@%`],
      );
      mustEqual('leads', rows.length, dueAt.size);
      mustEqual('offers', rows.filter((row) => offers.offeredAt.has(row.lead_id)).length, dueAt.size);
      return rows;
    },
    { within: 60_000, every: 250 },
  );
  mustEqual('leads offered more than once', offers.repeated, 0);
  return leads.map((row) => offers.offeredAt.get(row.lead_id)! - dueAt.get(row.value)!);
};

/** From the submission of a form to its offer on the live stream; each form is a new lead that is sales-ready at once. */
export const benchLatency = async (local: LocalJson): Promise<Result[]> => {
  const offers = new OfferStream(local);
  const database = new pg.Client(local.database);
  await database.connect();
  try {
    await delay(1_000);
    await latencies(local, database, offers, WARM_UP);
    const results: Result[] = [];
    for (const rate of RATES) {
      const times = await latencies(local, database, offers, rate);
      const name = `form → offer at ${rate.perSecond}/s`;
      const detail = `${times.length} forms, each one lead with one offer`;
      results.push(
        {
          name: `${name}, p50`,
          value: quantile(times, 0.5),
          unit: 'ms',
          goal: { below: rate.p50Ms },
          detail,
        },
        {
          name: `${name}, p99`,
          value: quantile(times, 0.99),
          unit: 'ms',
          goal: { below: rate.p99Ms },
          detail,
        },
      );
    }
    return results;
  } finally {
    await offers.stop();
    await database.end();
  }
};
