import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { LiveCursor, type LivePlace } from './live-cursor.js';
import type { LiveEvent } from './live-event.js';
import { leadVisibleTo, parametersOf, SELLERS_OF_EVENT, type Viewer } from './live-visibility.js';

export interface StoredEvent extends LivePlace {
  readonly type: LiveEvent['type'];
  /** JSON. */
  readonly data: string;
  /** The sellers who were ever offered its lead. */
  readonly sellerIds: readonly string[];
}

type PlaceRow = Omit<LivePlace, 'sequence'> & { readonly sequence: string };

/** Reads the events of the live stream. */
@Injectable()
export class LiveQueryStore {
  constructor(private readonly database: ReadDatabase) {}

  /** The oldest events after the cursor, at most `limit`; those of one partition in the order of their sequences. */
  async after(cursor: LiveCursor, limit: number): Promise<StoredEvent[]> {
    const places = cursor.places();
    const rows = await this.database.rows<PlaceRow & Omit<StoredEvent, keyof LivePlace>>(
      `select e.topic, e.partition, e.sequence, e.type, e.data::text as data, ${SELLERS_OF_EVENT} as "sellerIds"
       from live_partitions p
       left join unnest($1::text[], $2::int[], $3::bigint[]) as c (topic, partition, sequence) using (topic, partition)
       cross join lateral (
         select * from live_events e
         where e.topic = p.topic and e.partition = p.partition and e.sequence > coalesce(c.sequence, 0)
         order by e.sequence limit $4
       ) e
       where p.last_sequence > coalesce(c.sequence, 0)
       order by e.stored_at, e.topic, e.partition, e.sequence limit $4`,
      [
        places.map(({ topic }) => topic),
        places.map(({ partition }) => partition),
        places.map(({ sequence }) => sequence),
        limit,
      ],
    );
    return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }));
  }

  /** The cursor before the newest `count` events that this client sees; notices are no news. */
  async beforeNewest(count: number, viewer: Viewer): Promise<LiveCursor> {
    const rows = await this.database.rows<PlaceRow>(
      `select topic, partition, coalesce(min(e.sequence) - 1, p.last_sequence) as sequence
       from live_partitions p left join (
         select topic, partition, sequence from live_events e where e.type <> 'notice' and ${leadVisibleTo('$2', '$3', `(e.data ->> 'leadId')::uuid`)}
         order by stored_at desc, topic desc, partition desc, sequence desc limit $1
       ) e using (topic, partition) group by topic, partition, p.last_sequence`,
      [count, ...parametersOf(viewer)],
    );
    return LiveCursor.at(rows.map((row) => ({ ...row, sequence: Number(row.sequence) })));
  }

  /** The cursor of a client that comes again. Nothing lies behind the newest event: such a cursor is of an earlier database. */
  async resuming(cursor: LiveCursor): Promise<LiveCursor> {
    const newest = await this.beforeNewest(0, undefined);
    return LiveCursor.at(
      newest.places().map((place) => ({
        ...place,
        sequence: Math.min(place.sequence, cursor.sequenceOf(place)),
      })),
    );
  }
}
