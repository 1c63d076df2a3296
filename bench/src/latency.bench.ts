import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually, type LocalJson } from '@baton/testing';
import pg from 'pg';
import { mustEqual, quantile, type Result } from './result.js';
import { listen } from './sse.js';

const PER_SECOND = 200;
const SECONDS = 20;
/** Five processes and a broker compile their hot paths first: the figures of the first half minute are twice those after it. */
const WARM_UP = PER_SECOND * 45;

const form = (i: number, run: string): string =>
  new URLSearchParams({
    email: `lead${i}.${run}@company${i % 500}.example`,
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

/** Connections stay open, and node:http instead of fetch: the load must not take the cores from what is measured. */
const agent = new Agent({ keepAlive: true });
const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };

const post = (url: string, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', agent, headers }, (response) => {
      response
        .resume()
        .once('end', () => resolve(response.statusCode!))
        .once('error', reject);
    });
    sending.once('error', reject).end(body);
  });

/**
 * From the post of a form to its offer on the live stream, each form a new lead that is sales-ready at once: the whole loop.
 * Forms are sent at a fixed rate whatever the answers do, and the time counts from when each was due to be sent.
 */
export const benchLatency = async (local: LocalJson): Promise<Result[]> => {
  const run = Date.now().toString(36);
  const dueAt = new Map<string, number>();
  const offeredAt = new Map<string, number>();
  const offersPerLead = new Map<string, number>();
  const end = new AbortController();
  const stream = listen(
    `${local.gateway}/api/live`,
    { authorization: `Bearer ${local.adminToken}` },
    ({ event, data }) => {
      if (event !== 'handoff') return;
      const { leadId, what } = JSON.parse(data) as { leadId: string; what: string };
      if (what !== 'offered') return;
      offersPerLead.set(leadId, (offersPerLead.get(leadId) ?? 0) + 1);
      if (!offeredAt.has(leadId)) offeredAt.set(leadId, performance.now());
    },
    end.signal,
  ).catch((fault: unknown) => {
    if (!end.signal.aborted) throw fault;
  });
  await pause(1_000);

  const total = PER_SECOND * SECONDS + WARM_UP;
  const began = performance.now();
  const answers: Promise<number>[] = [];
  for (let i = 0; i < total; i += 1) {
    const due = began + (i * 1_000) / PER_SECOND;
    const wait = due - performance.now();
    if (wait > 1) await pause(wait);
    dueAt.set(`lead${i}.${run}@company${i % 500}.example`, due);
    answers.push(post(`${local.ingestion}/f/${local.formId}`, form(i, run)));
  }
  const statuses = await Promise.all(answers);
  mustEqual('forms that were accepted', statuses.filter((status) => status === 200).length, total);

  const database = new pg.Client(local.database);
  await database.connect();
  try {
    const { rows } = await eventually(
      async () => {
        const found = await database.query<{ value: string; lead_id: string }>(
          `select value, lead_id from scoring.identifiers where kind = 'email' and value like $1`,
          [`%.${run}@%`],
        );
        mustEqual('leads', found.rows.length, total);
        mustEqual('offers seen live', found.rows.filter((row) => offeredAt.has(row.lead_id)).length, total);
        return found;
      },
      { within: 60_000, every: 250 },
    );
    mustEqual(
      'leads offered more than once',
      [...offersPerLead.values()].filter((times) => times > 1).length,
      0,
    );
    const times = rows
      .sort((a, b) => dueAt.get(a.value)! - dueAt.get(b.value)!)
      .slice(WARM_UP)
      .map((row) => offeredAt.get(row.lead_id)! - dueAt.get(row.value)!);
    const detail = `${times.length} forms at ${PER_SECOND}/s, each one lead with one offer`;
    return [
      {
        name: 'form → offer on the live stream, p50',
        value: quantile(times, 0.5),
        unit: 'ms',
        goal: { below: 100 },
        detail,
      },
      {
        name: 'form → offer on the live stream, p99',
        value: quantile(times, 0.99),
        unit: 'ms',
        goal: { below: 500 },
        detail,
      },
    ];
  } finally {
    end.abort();
    await stream;
    await database.end();
  }
};
