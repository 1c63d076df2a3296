import { eventually, httpClient, type LocalJson } from '@baton/testing';
import pg from 'pg';
import { checkBacklog, untilDrained } from './drain.bench.js';
import { produceBacklog } from './drain-load.js';
import { median, mustEqual, type Result } from './result.js';

const ACTIVITIES = 40_000;
const PERSONS = 20;
const ACTIVITIES_OF_PERSON = 10;

interface Receipt {
  readonly state: string;
  readonly services: readonly {
    readonly service: string;
    readonly erased: readonly { readonly place: string; readonly count: number }[];
  }[];
}

/** From the request to the receipt of every service, one person after the other, while there are 4,000 leads with ten activities each. */
export const benchErasure = async (local: LocalJson): Promise<Result[]> => {
  const database = new pg.Client(local.database);
  await database.connect();
  try {
    const backlog = await produceBacklog(local, ACTIVITIES);
    await untilDrained(database, backlog);
    await checkBacklog(database, backlog);
    const { rows } = await database.query<{ id: string }>(
      `select lead_id as id from scoring.identifiers where kind = 'email' and value like $1 order by value limit ${PERSONS}`,
      [`${backlog.round}-%`],
    );
    const seconds: number[] = [];
    for (const { id } of rows) seconds.push(await erase(local, id));
    mustEqual('persons', seconds.length, PERSONS);
    return [
      {
        name: 'erasure until every service is done',
        value: median(seconds),
        unit: 's',
        detail: `median of ${PERSONS}`,
      },
      {
        name: 'erasure until every service is done, slowest',
        value: Math.max(...seconds),
        unit: 's',
        goal: { below: 60 },
      },
    ];
  } finally {
    await database.end();
  }
};

/** @returns seconds until the receipt is whole */
const erase = async (local: LocalJson, leadId: string): Promise<number> => {
  const client = httpClient(local.gateway, { authorization: `Bearer ${local.apiToken}` });
  const started = performance.now();
  const { status, body } = await client.post(`/api/leads/${leadId}/erasure`, { reason: 'asked-by-person' });
  mustEqual('status of the request', status, 202);
  const { requestId } = body as { requestId: string };
  const receipt = await eventually(
    async () => {
      const { body: found } = await client.get(`/api/erasures/${requestId}`);
      if ((found as Receipt).state !== 'done') throw new Error('not done');
      return found as Receipt;
    },
    { within: 120_000, every: 20 },
  );
  const seconds = (performance.now() - started) / 1_000;
  const erased = receipt.services.find(({ service }) => service === 'scoring')!.erased;
  mustEqual(
    'activities',
    erased.find(({ place }) => place === 'activities')?.count ?? 0,
    ACTIVITIES_OF_PERSON,
  );
  return seconds;
};
