/** A failure the user can act on: printed without a stack trace, exit code 1. */
export class CliError extends Error {
  override readonly name = 'CliError';

  /** @param advice what to do about it, printed on a line of its own */
  constructor(
    message: string,
    readonly advice?: string,
  ) {
    super(message);
  }
}
