/**
 * Another transaction claimed an identifier of this batch, or merged one of its leads, between the lookup and the lock or
 * insert. A retry of the batch sees the committed state; the bus retries errors marked `retryable` a limited number of times.
 */
export class ConcurrentIdentity extends Error {
  override readonly name = 'ConcurrentIdentity';
  readonly retryable = true;

  constructor() {
    super('an identifier of this batch was claimed or merged by a concurrent transaction');
  }
}
