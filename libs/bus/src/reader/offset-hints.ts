import type { Consumer, TopicPartitionOffsetAndMetadata } from 'kafkajs';

/** Interval between two commits to the group, ms. */
const COMMIT_EVERY_MS = 1_000;

/**
 * Commits offsets to the consumer group for operators and their tools. They decide nothing: the truth is the position in the
 * database. Sent together, so that a busy reader of many partitions costs the broker one request a second.
 */
export class OffsetHints {
  private readonly hints = new Map<string, TopicPartitionOffsetAndMetadata>();
  private committedAt = 0;

  constructor(private readonly consumer: Consumer) {}

  /** Never waits for the broker, and never fails: the next heartbeat notices what a failed commit would. */
  add(hint: TopicPartitionOffsetAndMetadata): void {
    this.hints.set(`${hint.topic}/${hint.partition}`, hint);
    if (Date.now() - this.committedAt < COMMIT_EVERY_MS) return;
    this.committedAt = Date.now();
    const hints = [...this.hints.values()];
    this.hints.clear();
    this.consumer.commitOffsets(hints).catch(() => undefined);
  }

  /** A partition that was assigned to another process is no longer ours to report. */
  clear(): void {
    this.hints.clear();
  }
}
