import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { ReceivedEntry } from './received-request.js';
import { MAX_REQUESTS_PER_SOURCE } from './received.store.js';

export interface StoredRequest {
  readonly id: string;
  readonly receivedAt: Date;
  readonly endpoint: string;
  readonly status: number;
  readonly userAgent: string | null;
  readonly accepted: number;
  readonly refused: number;
  readonly flagged: number;
  readonly detail: string | null;
  readonly entries: readonly ReceivedEntry[];
}

export interface StoredRefusal {
  readonly id: string;
  readonly receivedAt: Date;
  readonly endpoint: string;
  readonly pointer: string;
  readonly detail: string;
  readonly message: string;
}

/** Sums over the days of a period. */
export interface SourceActivity {
  readonly sourceId: string;
  readonly requests: number;
  readonly acceptedRequests: number;
  readonly refusedRequests: number;
  readonly limitedRequests: number;
  readonly failedRequests: number;
  readonly acceptedEvents: number;
  readonly refusedEvents: number;
  readonly flaggedEvents: number;
  readonly heldEvents: number;
  readonly erasedEvents: number;
  readonly lastEventAt: Date | null;
}

const REQUEST = `id::text, received_at as "receivedAt", endpoint, status, user_agent as "userAgent", accepted, refused, flagged,
  detail, entries`;

/** Reads what was received. */
@Injectable()
export class ReceivedQueryStore {
  constructor(private readonly reads: ReadDatabase) {}

  /** The last requests of a source, newest first; only those that are refused in part or flagged, when `notable`. */
  requests(sourceId: string, notable: boolean): Promise<StoredRequest[]> {
    return this.reads.rows<StoredRequest>(
      `select ${REQUEST} from received_requests
       where source_id = $1 and (not $2 or refused > 0 or flagged > 0 or status >= 400)
       order by received_requests.id desc limit $3`,
      [sourceId, notable, MAX_REQUESTS_PER_SOURCE],
    );
  }

  async request(sourceId: string, id: string): Promise<StoredRequest | undefined> {
    const [found] = await this.reads.rows<StoredRequest>(
      `select ${REQUEST} from received_requests where source_id = $1 and id = $2`,
      [sourceId, id],
    );
    return found;
  }

  /** Refused messages older than `before`, newest first. */
  refused(sourceId: string, before: string | undefined, limit: number): Promise<StoredRefusal[]> {
    return this.reads.rows<StoredRefusal>(
      `select id::text, received_at as "receivedAt", endpoint, pointer, detail, message from refused_messages
       where source_id = $1 and ($2::bigint is null or id < $2) order by refused_messages.id desc limit $3`,
      [sourceId, before ?? null, limit],
    );
  }

  /** What each of these sources sent from `day` (UTC) on, and what is held of it now. */
  activity(sourceIds: readonly string[], day: string): Promise<SourceActivity[]> {
    return this.reads.rows<SourceActivity>(
      `select id as "sourceId",
         coalesce(sum(requests), 0)::float8 as requests,
         coalesce(sum(accepted_requests), 0)::float8 as "acceptedRequests",
         coalesce(sum(refused_requests), 0)::float8 as "refusedRequests",
         coalesce(sum(limited_requests), 0)::float8 as "limitedRequests",
         coalesce(sum(failed_requests), 0)::float8 as "failedRequests",
         coalesce(sum(accepted_events), 0)::float8 as "acceptedEvents",
         coalesce(sum(refused_events), 0)::float8 as "refusedEvents",
         coalesce(sum(flagged_events), 0)::float8 as "flaggedEvents",
         coalesce(sum(erased_events), 0)::float8 as "erasedEvents",
         (select count(*) from (select from held_events h where h.source_id = sources.id limit 1000001) c)::float8 as "heldEvents",
         (select max(last_event_at) from received_counts l where l.source_id = sources.id) as "lastEventAt"
       from sources left join received_counts on source_id = id and day >= $2
       where id = any($1) group by id`,
      [sourceIds, day],
    );
  }
}
