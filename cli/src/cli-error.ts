/** A failure the user can act on: printed without a stack trace. */
export class CliError extends Error {
  override readonly name: string = 'CliError';
  readonly exitCode: number = 1;

  /** @param advice what to do about it, printed on a line of its own */
  constructor(
    message: string,
    readonly advice?: string,
  ) {
    super(message);
  }
}

/** The command was called in a way that cannot work: nothing was begun. */
export class UsageError extends CliError {
  override readonly name = 'UsageError';
  override readonly exitCode = 2;
}
