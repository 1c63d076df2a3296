import { CliError } from './cli-error.js';
import type { Terminal } from './terminal.js';

/**
 * Asks before a change, unless it was confirmed on the command line.
 * @throws CliError without a terminal to ask on, and when the answer is not yes
 */
export const confirm = async (
  terminal: Terminal,
  question: string,
  confirmed: boolean | undefined,
): Promise<void> => {
  if (confirmed) return;
  if (!terminal.interactive)
    throw new CliError(`${question} No terminal to ask on.`, 'Pass --yes to confirm.');
  const answer = await terminal.ask(`${question} [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError('Nothing was changed.');
};
