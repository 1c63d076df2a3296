import { Injectable } from '@nestjs/common';
import {
  countEnded,
  dayOf,
  noCounts,
  type ReceivedCounts,
  type ReceivedRequest,
} from './received-request.js';

/** Requests kept of a source between two writes: enough to debug an integration, few enough for any rate. */
const MAX_KEPT_PER_SOURCE = 5;
/** Refused or flagged requests kept beside them, so that a burst does not hide the ones that matter. */
const MAX_NOTABLE_PER_SOURCE = 5;
const MAX_ENTRIES = 10;
const MAX_ENTRY_BYTES = 64 * 1024;

/** A request to be stored, with its entries as JSON. */
export interface KeptRequest extends Omit<ReceivedRequest, 'entries'> {
  readonly entriesJson: string;
}

/** Counts since the last write. */
export interface CountedDay {
  readonly sourceId: string;
  readonly day: string;
  readonly counts: ReceivedCounts;
  readonly lastEventAt: Date | undefined;
}

export interface Recorded {
  readonly requests: readonly KeptRequest[];
  readonly days: readonly CountedDay[];
}

interface SourceRecord {
  readonly day: string;
  readonly counts: ReceivedCounts;
  lastEventAt: Date | undefined;
  kept: number;
  notable: number;
}

/**
 * Counts every request of a known source and keeps some of them in memory until they are written. A request begins once and ends
 * once; memory is bounded by the number of sources.
 */
@Injectable()
export class RequestRecorder {
  private records = new Map<string, SourceRecord>();
  private requests: KeptRequest[] = [];
  /** Taken, and not yet known to be written. */
  private taken: readonly CountedDay[] = [];
  /** Events accepted today by source, those of other processes as of the last write. */
  private readonly acceptedToday = new Map<string, { day: string; events: number }>();

  begin(sourceId: string, receivedAt: Date): void {
    this.recordOf(sourceId, receivedAt).counts.requests += 1;
  }

  end(request: ReceivedRequest): void {
    const record = this.recordOf(request.sourceId, request.receivedAt);
    countEnded(record.counts, request);
    if (request.acceptedEvents + request.heldEvents > 0) record.lastEventAt = request.receivedAt;
    const notable = request.refusedEvents + request.flaggedEvents > 0 || request.status >= 400;
    if (notable ? record.notable++ < MAX_NOTABLE_PER_SOURCE : record.kept++ < MAX_KEPT_PER_SOURCE)
      this.requests.push(keptOf(request));
  }

  countReleased(
    sourceId: string,
    { published, erased }: { readonly published: number; readonly erased: number },
    now: Date,
  ): void {
    const { counts } = this.recordOf(sourceId, now);
    counts.releasedEvents += published;
    counts.acceptedEvents += published;
    counts.erasedEvents += erased;
  }

  /** Events that count towards the quota of a source and day (UTC). */
  acceptedOn(sourceId: string, now: Date): number {
    const day = dayOf(now);
    const written = this.acceptedToday.get(sourceId);
    const pending = this.records.get(`${sourceId}\n${day}`)?.counts.acceptedEvents ?? 0;
    const taken = this.taken.find((each) => each.sourceId === sourceId && each.day === day);
    return pending + (taken?.counts.acceptedEvents ?? 0) + (written?.day === day ? written.events : 0);
  }

  /** Takes everything since the last call. */
  take(): Recorded {
    const days = [...this.records].map(([key, { day, counts, lastEventAt }]) => ({
      sourceId: key.slice(0, key.indexOf('\n')),
      day,
      counts,
      lastEventAt,
    }));
    const requests = this.requests;
    this.records = new Map();
    this.requests = [];
    this.taken = days;
    return { requests, days };
  }

  /** Gives back counts that could not be written. Kept requests are dropped then: they are a sample. */
  giveBack({ days }: Recorded): void {
    this.taken = [];
    for (const { sourceId, day, counts, lastEventAt } of days) {
      const record = this.recordOf(sourceId, new Date(`${day}T00:00:00Z`));
      for (const name of Object.keys(counts) as (keyof ReceivedCounts)[]) record.counts[name] += counts[name];
      record.lastEventAt ??= lastEventAt;
    }
  }

  /** Sets the totals as written, by all processes. */
  written(totals: readonly { sourceId: string; day: string; acceptedEvents: number }[]): void {
    this.taken = [];
    for (const { sourceId, day, acceptedEvents } of totals) {
      const known = this.acceptedToday.get(sourceId);
      if (known === undefined || known.day <= day)
        this.acceptedToday.set(sourceId, { day, events: acceptedEvents });
    }
  }

  private recordOf(sourceId: string, time: Date): SourceRecord {
    const day = dayOf(time);
    const key = `${sourceId}\n${day}`;
    let record = this.records.get(key);
    if (!record) {
      record = { day, counts: noCounts(), lastEventAt: undefined, kept: 0, notable: 0 };
      this.records.set(key, record);
    }
    return record;
  }
}

const keptOf = ({ entries, ...request }: ReceivedRequest): KeptRequest => {
  const kept = entries().slice(0, MAX_ENTRIES);
  let json = JSON.stringify(kept);
  while (json.length > MAX_ENTRY_BYTES && kept.length > 0) {
    kept.pop();
    json = JSON.stringify(kept);
  }
  return { ...request, entriesJson: json };
};
