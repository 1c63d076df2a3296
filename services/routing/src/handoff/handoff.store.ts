import type { Cause, Outgoing, Transaction } from '@baton/bus';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { evolve, type HandoffEvent } from './handoff-event.js';
import { decisionOf, nextDueAt, OPEN, type Handoff } from './handoff.js';
import { toOutgoing } from './handoff.outgoing.js';
import { entryOf } from './history-entry.js';

/** The timer of a hand-off; its key is the hand-off's id. */
export const HANDOFF_TIMER = 'handoff';

/** The timer of all hand-offs that wait for a seller; its key is the team. */
export const WAITING_TIMER = 'waiting';

/** A hand-off as it was, and what was decided about it. */
export interface Change {
  readonly handoff: Handoff;
  readonly events: readonly HandoffEvent[];
  readonly cause?: Cause;
}

/** What is known about a lead's hand-offs so far. */
export interface LeadRecord {
  readonly hasOpen: boolean;
  /** When the last one ended. */
  readonly closedAt?: Date;
  /** The sellers who rejected the lead. */
  readonly rejectedBy: readonly string[];
}

@Injectable()
export class HandoffStore {
  constructor(private readonly timers: Timers) {}

  /** The hand-off, locked; waits for whoever holds it. */
  async lock(tx: Transaction, id: string): Promise<Handoff | undefined> {
    const [row] = await tx.rows<Row>('select state from handoffs where id = $1 for update', [id]);
    return row?.state;
  }

  /**
   * Those of these that nobody else holds, locked, and the ids of those that somebody holds now. It never waits: a timer asks, and
   * its firing must not wait for whoever wants to move that timer.
   */
  async lockFree(tx: Transaction, ids: readonly string[]): Promise<{ free: Handoff[]; busy: string[] }> {
    const rows = await tx.rows<Row>(
      'select state from handoffs where id = any($1::uuid[]) order by id for update skip locked',
      [ids],
    );
    const free = rows.map(({ state }) => state);
    const got = new Set(free.map(({ id }) => id));
    const missing = ids.filter((id) => !got.has(id));
    if (missing.length === 0) return { free, busy: [] };
    const held = await tx.rows<{ id: string }>('select id from handoffs where id = any($1::uuid[])', [
      missing,
    ]);
    return { free, busy: held.map(({ id }) => id) };
  }

  /** What each of these leads went through; a lead that is missing was never handed off. */
  async recordsOf(tx: Transaction, leadIds: readonly string[]): Promise<Map<string, LeadRecord>> {
    const rows = await tx.rows<RecordRow>(
      `select lead_id, bool_or(closed_at is null) as has_open, max(closed_at) as closed_at,
         coalesce(array_agg(seller_id) filter (where status = 'rejected'), '{}') as rejected_by
       from handoffs where lead_id = any($1::uuid[]) group by lead_id`,
      [leadIds],
    );
    return new Map(rows.map((row) => [row.lead_id, toRecord(row)]));
  }

  /**
   * Keeps what was decided: states, history and the one timer of each hand-off at its next due step. Gives the events to
   * publish, each with its version.
   */
  async keep(tx: Transaction, changes: readonly Change[]): Promise<Outgoing[]> {
    const made = changes.map(applied);
    const changed = made.filter(({ events }) => events.length > 0);
    await this.save(
      tx,
      changed.map(({ after }) => after),
    );
    await this.remember(tx, changed);
    await this.setTimers(
      tx,
      made.map(({ after }) => after),
    );
    return made.flatMap(({ told }) => told);
  }

  /** Ends the timers of these before the team is locked; `keep` sets them again. */
  async holdTimers(tx: Transaction, ids: readonly string[]): Promise<void> {
    await this.timers.cancel(tx, HANDOFF_TIMER, ids);
  }

  /** The oldest hand-offs that wait for a seller, after this one; locked, without those that somebody else holds. */
  async lockWaiting(tx: Transaction, most: number, after?: Handoff): Promise<Handoff[]> {
    const rows = await tx.rows<Row>(
      `select state from handoffs
       where status = 'waiting' and ($1::timestamptz is null or (opened_at, id) > ($1::timestamptz, $2::uuid))
       order by opened_at, id limit $3 for update skip locked`,
      [after?.openedAt ?? null, after?.id ?? null, most],
    );
    return rows.map(({ state }) => state);
  }

  /**
   * Lets the hand-offs that wait for a seller look again at `at`. To be called before the team is locked; see TeamStore. Whoever
   * chose a seller before that has committed when the timer fires, so no lead that they left waiting is missed.
   */
  async wake(tx: Transaction, team: string, at: Date): Promise<void> {
    await this.timers.schedule(tx, [{ kind: WAITING_TIMER, key: team, dueAt: at }]);
  }

  private async save(tx: Transaction, handoffs: readonly Handoff[]): Promise<void> {
    if (handoffs.length === 0) return;
    await tx.rows(SAVE, [
      handoffs.map(({ id }) => id),
      handoffs.map(({ leadId }) => leadId),
      handoffs.map(({ seller }) => seller?.id ?? null),
      handoffs.map(({ status }) => status),
      handoffs.map(({ openedAt }) => openedAt),
      handoffs.map((handoff) => (OPEN.includes(handoff.status) ? null : decisionOf(handoff)?.at)),
      handoffs.map((handoff) => JSON.stringify(handoff)),
    ]);
  }

  private async remember(tx: Transaction, changes: readonly Change[]): Promise<void> {
    const entries = changes.flatMap(({ handoff, events }) =>
      events.map((event) => ({ handoffId: handoff.id, ...entryOf(event) })),
    );
    if (entries.length === 0) return;
    await tx.rows(
      `insert into handoff_history (handoff_id, type, at, detail)
       select handoff_id, type, at, detail
       from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[])
         with ordinality as e (handoff_id, type, at, detail, n) order by n`,
      [
        entries.map(({ handoffId }) => handoffId),
        entries.map(({ type }) => type),
        entries.map(({ at }) => at),
        entries.map(({ detail }) => detail),
      ],
    );
  }

  private async setTimers(tx: Transaction, handoffs: readonly Handoff[]): Promise<void> {
    const due = handoffs.map((handoff) => ({ id: handoff.id, at: nextDueAt(handoff) }));
    await this.timers.schedule(
      tx,
      due.flatMap(({ id, at }) => (at ? { kind: HANDOFF_TIMER, key: id, dueAt: new Date(at) } : [])),
    );
    await this.timers.cancel(
      tx,
      HANDOFF_TIMER,
      due.filter(({ at }) => !at).map(({ id }) => id),
    );
  }
}

/** One statement for new and known ones, so that a batch that has both writes once. */
const SAVE = `
  insert into handoffs (id, lead_id, seller_id, status, opened_at, closed_at, state)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::jsonb[])
  on conflict (id) do update set
    seller_id = excluded.seller_id, status = excluded.status, closed_at = excluded.closed_at, state = excluded.state`;

interface Row {
  readonly state: Handoff;
}

interface RecordRow {
  readonly lead_id: string;
  readonly has_open: boolean;
  readonly closed_at: Date | null;
  readonly rejected_by: string[];
}

const toRecord = (row: RecordRow): LeadRecord => ({
  hasOpen: row.has_open,
  ...(row.closed_at && { closedAt: row.closed_at }),
  rejectedBy: [...new Set(row.rejected_by)],
});

/** The hand-off after its events, and the events as the others are told them. */
const applied = ({ handoff, events, cause }: Change) => {
  const told: Outgoing[] = [];
  let after = handoff;
  for (const event of events) {
    after = evolve(after, event);
    if (event.type !== 'kept-waiting') told.push(toOutgoing(event, after, cause));
  }
  return { handoff, events, after, told };
};
