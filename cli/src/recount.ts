import type { GatewayClient } from './gateway.client.js';
import { CliError } from './cli-error.js';
import type { Terminal } from './terminal.js';

export interface RecountOptions {
  /** Derive again what differs. */
  readonly mend?: boolean;
}

/**
 * Compares what the reports count with the facts, lead by lead.
 * @throws CliError when something differs and is not to be mended
 */
export const recount = async (
  gateway: GatewayClient,
  terminal: Terminal,
  { mend = false }: RecountOptions,
): Promise<void> => {
  const sum = { leads: 0, people: 0, paths: 0 };
  for (let after: string | null = null; ;) {
    const step = await gateway.recount(after, mend);
    sum.leads += step.leads;
    sum.people += step.people;
    sum.paths += step.paths;
    if (terminal.interactive) terminal.redraw(`${sum.leads} leads compared`);
    after = step.next;
    if (after === null) break;
  }
  if (terminal.interactive) terminal.redraw('');
  const found = `${sum.leads} leads compared with their facts: ${sum.people} people and ${sum.paths} paths differ`;
  if (sum.people + sum.paths === 0) return terminal.write(`${found}.`);
  if (mend) return terminal.write(`${found}; they are derived again.`);
  throw new CliError(`${found}.`, 'baton recount --mend derives them again.');
};
