/**
 * Somebody else learned of the same identifier at the same moment and was first. The same batch, tried again, finds their
 * lead; the bus does so for every error that says `retryable`.
 */
export class ConcurrentIdentity extends Error {
  override readonly name = 'ConcurrentIdentity';
  readonly retryable = true;

  constructor() {
    super('an identifier became known while this batch was decided');
  }
}
