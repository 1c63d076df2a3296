import type { Transaction } from '../database/database.js';
import type { Received } from '../event/message.js';

const LOCK = `hashtextextended('erasure ' || current_schema(), 0)`;

/** Held by each batch of a reader that passes erased leads by, and by other writes that do; an erasure waits for these, and they for it. */
export const WHILE_NOBODY_ERASES = `select pg_advisory_xact_lock_shared(${LOCK});`;

/** Topics on which scoring says something about a person. Hand-offs and deals have ids alone, and end after an erasure. */
const TOPICS: readonly string[] = ['leads', 'touches'];

interface OfLead {
  readonly leadId?: string;
  readonly intoLeadId?: string;
}

/** The leads that an event is about. */
const leadsOf = ({ contract, data }: Received): string[] => {
  if (!TOPICS.includes(contract.topic)) return [];
  const { leadId, intoLeadId } = data as OfLead;
  return [leadId, intoLeadId].filter((id) => id !== undefined);
};

/** The events without those about erased leads: the topics still have them, and a rebuild reads them again. */
export const withoutErasedLeads = async (
  tx: Transaction,
  events: readonly Received[],
): Promise<readonly Received[]> => {
  const ids = [...new Set(events.flatMap(leadsOf))];
  if (ids.length === 0) return events;
  const rows = await tx.rows<{ lead_id: string }>(
    'select lead_id from erased_leads where lead_id = any($1::uuid[])',
    [ids],
  );
  if (rows.length === 0) return events;
  const erased = new Set(rows.map(({ lead_id }) => lead_id));
  return events.filter((event) => !leadsOf(event).some((id) => erased.has(id)));
};

/**
 * Notes that a person is erased, before anything is deleted; waits for batches that may be about them.
 *
 * @returns false when the service did it already by this request
 */
export const beginErasure = async (
  tx: Transaction,
  { requestId, leadIds }: { readonly requestId: string; readonly leadIds: readonly string[] },
): Promise<boolean> => {
  await tx.rows(`select pg_advisory_xact_lock(${LOCK})`);
  const known = await tx.rows('select from erased_leads where request_id = $1 limit 1', [requestId]);
  if (known.length > 0) return false;
  await tx.rows(
    'insert into erased_leads select unnest($1::uuid[]), $2::uuid on conflict (lead_id) do update set request_id = excluded.request_id',
    [leadIds, requestId],
  );
  return true;
};
