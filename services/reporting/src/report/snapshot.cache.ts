import { Injectable } from '@nestjs/common';

/** A report is kept for this many times the time that it took, so that however many ask, it takes a tenth of a connection at most. */
const KEPT_TIMES = 10;
const MAX_KEPT_MS = 60_000;
const MAX_ENTRIES = 500;

interface Entry {
  readonly answer: Promise<unknown>;
  until: number;
}

/**
 * One computation of a report for all who ask for the same meanwhile: its answer says when it was made. Answers are bounded in size, and the
 * oldest are dropped.
 */
@Injectable()
export class SnapshotCache {
  private readonly entries = new Map<string, Entry>();

  of<Answer>(key: readonly unknown[], compute: () => Promise<Answer>): Promise<Answer> {
    const known = this.entries.get(JSON.stringify(key));
    return known && known.until > performance.now()
      ? (known.answer as Promise<Answer>)
      : this.renewed(key, compute);
  }

  /** Computes it in any case, for all who ask from now on. */
  renewed<Answer>(key: readonly unknown[], compute: () => Promise<Answer>): Promise<Answer> {
    const name = JSON.stringify(key);
    const began = performance.now();
    const entry: Entry = { answer: compute(), until: Number.POSITIVE_INFINITY };
    this.entries.delete(name);
    this.entries.set(name, entry);
    entry.answer.then(
      () =>
        (entry.until = performance.now() + Math.min(MAX_KEPT_MS, KEPT_TIMES * (performance.now() - began))),
      () => this.entries.get(name) === entry && this.entries.delete(name),
    );
    this.shrink();
    return entry.answer as Promise<Answer>;
  }

  private shrink(): void {
    for (const name of this.entries.keys()) {
      if (this.entries.size <= MAX_ENTRIES) return;
      this.entries.delete(name);
    }
  }
}
