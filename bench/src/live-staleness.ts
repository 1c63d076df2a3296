import { randomUUID } from 'node:crypto';
import { Agent, request, type ClientRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Sender, toWire } from '@baton/bus';
import { LeadStageChanged } from '@baton/contracts';
import { eventually, type LocalJson } from '@baton/testing';
import type pg from 'pg';
import { benchClient } from './drain-load.js';
import { mustEqual, quantile, type Result } from './result.js';

const CLIENTS = 1_000;
/** Streams of one user, at most ten. */
const STREAMS_OF_USER = 10;
/** Users of marketing see all events; sellers those of their leads. */
const MARKETING_USERS = 10;
const PER_SECOND = 500;
const SECONDS = 20;
const WARM_UP_SECONDS = 5;
const SEND_EVERY_MS = 20;
const MAX_OPENING_MS = 20_000;
const GOAL_P99_MS = 500;

interface Person {
  readonly id: string;
  readonly cookie: string;
  readonly seesAll: boolean;
}

/** From the sending of an event to the topic until it has reached each client that sees it, at a constant rate. */
export const liveStaleness = async (local: LocalJson, database: pg.Client): Promise<Result[]> => {
  const people = await addPeople(local, database);
  const sentAt = new Map<string, number>();
  const leads = await leadsOf(database, people);
  const streams = people.flatMap((person) =>
    Array.from({ length: STREAMS_OF_USER }, () => new Stream(local, person, sentAt)),
  );
  try {
    // Streams that are refused or wait are a figure, not the end of the bench.
    await eventually(() => mustEqual('open streams', openOf(streams).length, CLIENTS), {
      within: MAX_OPENING_MS,
    }).catch(() => undefined);
    const open = openOf(streams);
    streams.filter(({ isOpen }) => !isOpen).forEach((stream) => stream.close());
    await delay(2_000);
    await send(local, leads.slice(0, PER_SECOND * WARM_UP_SECONDS), new Map());
    await delay(2_000);
    open.forEach((stream) => (stream.times.length = 0));
    const measured = leads.slice(PER_SECOND * WARM_UP_SECONDS);
    await send(local, measured, sentAt);
    const expected = (person: Person): number =>
      measured.filter(({ sellerId }) => person.seesAll || sellerId === person.id).length;
    await eventually(
      () =>
        open.forEach((stream) =>
          mustEqual('events of a stream', stream.times.length, expected(stream.person)),
        ),
      { within: 60_000, every: 500 },
    );
    const times = open.flatMap((stream) => stream.times);
    const detail = `${open.length.toLocaleString('en-US')} clients, ${open.filter(({ person }) => person.seesAll).length} of them see all events; ${times.length.toLocaleString('en-US')} deliveries of ${measured.length.toLocaleString('en-US')} events, ${PER_SECOND}/s`;
    return [
      { name: 'clients served by the live stream', value: open.length, unit: '', goal: { atLeast: CLIENTS } },
      { name: 'event → live stream, p50', value: quantile(times, 0.5), unit: 'ms', detail },
      {
        name: 'event → live stream, p99',
        value: quantile(times, 0.99),
        unit: 'ms',
        goal: { below: GOAL_P99_MS },
        detail: `worst ${quantile(times, 1).toFixed(0)} ms`,
      },
    ];
  } finally {
    streams.forEach((stream) => stream.close());
  }
};

const openOf = (streams: readonly Stream[]): Stream[] => streams.filter(({ isOpen }) => isOpen);

/** Keeps the times of the events of one stream. node:http, because the clients share the cores with the services. */
class Stream {
  isOpen = false;
  readonly times: number[] = [];
  private rest = '';
  private readonly outgoing: ClientRequest;

  constructor(
    local: LocalJson,
    readonly person: Person,
    private readonly sentAt: ReadonlyMap<string, number>,
  ) {
    this.outgoing = request(`${local.gateway}/api/live?show=sla`, {
      agent: new Agent(),
      headers: { cookie: person.cookie, accept: 'text/event-stream' },
    });
    this.outgoing
      .on('error', () => undefined)
      .on('response', (response) => {
        if (response.statusCode !== 200) return;
        this.isOpen = true;
        response.setEncoding('utf8').on('data', (chunk: string) => this.read(chunk));
      })
      .end();
  }

  close(): void {
    this.outgoing.destroy();
  }

  private read(chunk: string): void {
    const now = performance.now();
    const text = this.rest + chunk;
    const end = text.lastIndexOf('\n\n');
    this.rest = text.slice(end + 1);
    for (let at = text.indexOf('"leadId":"'); at >= 0 && at < end; at = text.indexOf('"leadId":"', at + 1)) {
      const sent = this.sentAt.get(text.slice(at + 10, at + 46));
      if (sent !== undefined) this.times.push(now - sent);
    }
  }
}

const addPeople = async (local: LocalJson, database: pg.Client): Promise<Person[]> => {
  const round = randomUUID().slice(0, 8);
  const { rows } = await database.query<{ id: string; email: string; role: string }>(
    `insert into gateway.users (email, name, role, password)
     select 'live' || n || '.${round}@streams.example', 'Live ' || n, case when n < ${MARKETING_USERS} then 'marketing' else 'seller' end, password
     from gateway.users, generate_series(0, ${CLIENTS / STREAMS_OF_USER - 1}) n where email = $1 returning id, email, role`,
    [local.users.marketing.email],
  );
  const people: Person[] = [];
  for (const [n, { id, email, role }] of rows.entries()) {
    const response = await fetch(`${local.gateway}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `192.0.2.${n}` },
      body: JSON.stringify({ email, password: local.users.marketing.password }),
    });
    mustEqual('status of a login', response.status, 200);
    const cookie = response.headers
      .getSetCookie()
      .map((each) => each.split(';', 1)[0])
      .join('; ');
    people.push({ id, cookie, seesAll: role === 'marketing' });
  }
  return people;
};

interface LeadOfSeller {
  readonly leadId: string;
  readonly sellerId: string;
}

/** One lead per event, each offered to one of the sellers. */
const leadsOf = async (database: pg.Client, people: readonly Person[]): Promise<LeadOfSeller[]> => {
  const sellers = people.filter(({ seesAll }) => !seesAll);
  const { rows } = await database.query<LeadOfSeller>(
    `insert into reporting.lead_sellers (lead_id, seller_id)
     select lead_id, ($1::uuid[])[1 + row_number() over (order by lead_id) % ${sellers.length}]
     from (select lead_id from reporting.lead_facts order by 1 limit ${PER_SECOND * (SECONDS + WARM_UP_SECONDS)}) leads
     returning lead_id as "leadId", seller_id as "sellerId"`,
    [sellers.map(({ id }) => id)],
  );
  return rows;
};

const SCORE = { points: 64, fit: 30, engagement: 34, grade: 'B' };

const send = async (
  local: LocalJson,
  leads: readonly LeadOfSeller[],
  sentAt: Map<string, number>,
): Promise<void> => {
  const sender = new Sender(benchClient(local));
  await sender.connect();
  const perSend = (PER_SECOND * SEND_EVERY_MS) / 1_000;
  const sends: Promise<unknown>[] = [];
  const started = performance.now();
  try {
    for (let at = 0; at < leads.length; at += perSend) {
      const due = started + (at * 1_000) / PER_SECOND;
      await delay(Math.max(0, due - performance.now()));
      const now = new Date().toISOString();
      const some = leads.slice(at, at + perSend);
      some.forEach(({ leadId }) => sentAt.set(leadId, due));
      sends.push(
        sender.send(
          some.map(({ leadId }) =>
            toWire(
              {
                contract: LeadStageChanged,
                sequence: 1_000,
                data: {
                  ...{ leadId, from: 'subscriber', to: 'lead', reached: ['lead'], salesReady: false },
                  ...{ cause: 'activity', score: SCORE, profile: {}, channel: 'direct', changedAt: now },
                  ...{ funnelId: 'funnel-1', modelId: 'scoring-model-1' },
                },
              },
              'scoring',
              now,
            ),
          ),
        ),
      );
    }
    await Promise.all(sends);
  } finally {
    await sender.disconnect();
  }
};
