import { randomUUID } from 'node:crypto';
import type { WireMessage } from '@baton/bus';
import type { ActivityRecordedV1 } from '@baton/contracts';
import type pg from 'pg';

interface LeadState {
  readonly id: string;
  version: number;
  score: number;
  /** Decayed points per kind of activity at the instant `at`. */
  readonly state: Record<string, { points: number; at: number }>;
}

const POINTS: Readonly<Record<string, number>> = { identify: 10, page: 1, track: 8 };
const HALF_LIFE_MS = 14 * 24 * 60 * 60 * 1_000;
const MAX_POINTS_PER_KIND = 40;

const keysOf = ({ identifiers: { email, anonymousId } }: ActivityRecordedV1): string[] =>
  [email, anonymousId].filter((key): key is string => key !== undefined);

/** Leads by identifier; leads of unknown identifiers are inserted. New identifiers are returned with their lead. */
const leadsOf = async (tx: pg.PoolClient, activities: readonly ActivityRecordedV1[]) => {
  const keys = [...new Set(activities.flatMap(keysOf))].sort();
  const { rows } = await tx.query<LeadState & { value: string }>({
    name: 'identifiers',
    text: `select i.value, l.id, l.version, l.state, l.score from bare_drain.identifiers i
           join bare_drain.leads l on l.id = i.lead_id where i.value = any($1) order by l.id for update of l`,
    values: [keys],
  });
  const leads = new Map<string, LeadState>();
  const byKey = new Map<string, LeadState>();
  for (const row of rows) {
    const lead = leads.get(row.id) ?? {
      id: row.id,
      version: row.version,
      score: row.score,
      state: row.state,
    };
    leads.set(row.id, lead);
    byKey.set(row.value, lead);
  }
  const unknown = activities.filter((one) => !keysOf(one).some((key) => byKey.has(key)));
  const groups = [...new Set(unknown.map((one) => one.personKey))];
  const created = new Map<string, LeadState>();
  if (groups.length > 0) {
    const inserted = await tx.query<{ id: string }>({
      name: 'insert leads',
      text: `insert into bare_drain.leads (state) select '{}' from generate_series(1, $1) returning id`,
      values: [groups.length],
    });
    groups.forEach((group, i) =>
      created.set(group, { id: inserted.rows[i]!.id, version: 0, score: 0, state: {} }),
    );
  }
  const added: { value: string; leadId: string }[] = [];
  for (const one of activities) {
    const lead =
      keysOf(one)
        .map((key) => byKey.get(key))
        .find(Boolean) ?? created.get(one.personKey)!;
    for (const value of keysOf(one).filter((key) => !byKey.has(key))) {
      byKey.set(value, lead);
      added.push({ value, leadId: lead.id });
    }
  }
  return { byKey, added };
};

const applyActivity = (lead: LeadState, { kind, occurredAt }: ActivityRecordedV1): void => {
  const at = Date.parse(occurredAt);
  const tally = (lead.state[kind] ??= { points: 0, at });
  tally.points = tally.points * 2 ** ((tally.at - at) / HALF_LIFE_MS) + (POINTS[kind] ?? 0);
  tally.at = at;
  lead.version += 1;
  lead.score = Object.values(lead.state).reduce(
    (sum, { points }) => sum + Math.min(MAX_POINTS_PER_KIND, points),
    0,
  );
};

const scored = (topic: string, lead: LeadState): WireMessage => ({
  topic,
  key: lead.id,
  value: JSON.stringify({ leadId: lead.id, score: lead.score, contributions: lead.state }),
  headers: {
    ce_id: randomUUID(),
    ce_type: 'lead.scored.v1',
    ce_subject: lead.id,
    ce_sequence: String(lead.version),
  },
});

/**
 * Handles a batch inside the caller's transaction: identities, history, decayed score and outbox, one statement per table.
 * Returns the events and the id of their outbox row.
 */
export const handleBareBatch = async (
  tx: pg.PoolClient,
  activities: readonly ActivityRecordedV1[],
  topic: string,
): Promise<{ events: WireMessage[]; outboxId: string }> => {
  const { byKey, added } = await leadsOf(tx, activities);
  const touched = new Set<LeadState>();
  const owners = activities.map((one) => byKey.get(keysOf(one)[0]!)!);
  activities.forEach((one, i) => {
    applyActivity(owners[i]!, one);
    touched.add(owners[i]!);
  });
  if (added.length > 0) {
    await tx.query({
      name: 'insert identifiers',
      text: 'insert into bare_drain.identifiers select * from unnest($1::text[], $2::bigint[]) on conflict do nothing',
      values: [added.map(({ value }) => value), added.map(({ leadId }) => leadId)],
    });
  }
  await tx.query({
    name: 'insert activities',
    text: `insert into bare_drain.activities
           select * from unnest($1::bigint[], $2::timestamptz[], $3::uuid[], $4::text[], $5::jsonb[]) on conflict do nothing`,
    values: [
      owners.map(({ id }) => id),
      activities.map(({ occurredAt }) => occurredAt),
      activities.map(({ activityId }) => activityId),
      activities.map(({ kind }) => kind),
      activities.map((one) => JSON.stringify(one.properties)),
    ],
  });
  const leads = [...touched];
  await tx.query({
    name: 'update leads',
    text: `update bare_drain.leads l set version = u.version, state = u.state, score = u.score
           from unnest($1::bigint[], $2::int[], $3::jsonb[], $4::real[]) as u(id, version, state, score) where l.id = u.id`,
    values: [
      leads.map(({ id }) => id),
      leads.map(({ version }) => version),
      leads.map(({ state }) => JSON.stringify(state)),
      leads.map(({ score }) => score),
    ],
  });
  const events = leads.map((lead) => scored(topic, lead));
  const { rows } = await tx.query<{ id: string }>({
    name: 'insert outbox',
    text: 'insert into bare_drain.outbox (events) values ($1) returning id',
    values: [Buffer.from(JSON.stringify(events))],
  });
  return { events, outboxId: rows[0]!.id };
};
