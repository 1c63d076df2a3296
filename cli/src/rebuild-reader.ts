import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from './cli-error.js';
import { confirm } from './confirm.js';
import type { GatewayClient, ReaderResponse } from './gateway.client.js';
import { findReader, stateOf } from './readers.js';
import type { Terminal } from './terminal.js';

const POLL_INTERVAL_MS = 1_000;
/** Without a terminal, progress is printed at every tenth. */
const STEP = 0.1;

export interface RebuildOptions {
  readonly yes?: boolean;
  /** Request only; do not wait for the switch. */
  readonly wait?: boolean;
  /** Rebuild although the topics no longer hold the first messages. */
  readonly incomplete?: boolean;
}

interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Records the rebuild has read, of all in the topics; of those the reader has read while the end is unknown. */
export const progressOf = ({ positions }: ReaderResponse): Progress => {
  const numbers = positions.map(({ next, end, rebuilt }) => {
    const total = Number(end ?? next);
    return { done: Math.min(Number(rebuilt ?? 0), total), total };
  });
  return {
    done: numbers.reduce((sum, { done }) => sum + done, 0),
    total: numbers.reduce((sum, { total }) => sum + total, 0),
  };
};

const shareOf = ({ done, total }: Progress): number => (total === 0 ? 1 : done / total);

const lineOf = (name: string, progress: Progress, startedAt: number): string => {
  const share = shareOf(progress);
  const seconds = (Date.now() - startedAt) / 1_000;
  const remaining =
    share > 0 && share < 1 ? `, about ${Math.ceil((seconds * (1 - share)) / share)} s left` : '';
  return `${name}: ${progress.done} of ${progress.total} records (${Math.floor(share * 100)} %)${remaining}`;
};

/** Polls until the rebuilt tables are in use, with a line of progress. */
const waitForSwitch = async (gateway: GatewayClient, terminal: Terminal, name: string): Promise<void> => {
  const startedAt = Date.now();
  let printed = -1;
  for (;;) {
    const reader = await findReader(gateway, name);
    if (reader.phase === 'blocked' || reader.phase === 'stopped')
      throw new CliError(
        `${name} is ${stateOf(reader)}`,
        'The rebuild continues when the reader does; the current tables stay in use.',
      );
    if (reader.rebuild === null) return;
    const progress = progressOf(reader);
    const step = Math.floor(shareOf(progress) / STEP);
    if (terminal.interactive) terminal.redraw(lineOf(name, progress, startedAt));
    else if (step > printed) terminal.write(lineOf(name, progress, startedAt));
    printed = Math.max(printed, step);
    await delay(POLL_INTERVAL_MS);
  }
};

/** Refills the tables of a reader beside the current ones and waits until they are switched. */
export const rebuildReader = async (
  gateway: GatewayClient,
  terminal: Terminal,
  name: string,
  { yes, wait = true, incomplete }: RebuildOptions,
): Promise<void> => {
  const { rebuild, canRebuild } = await findReader(gateway, name);
  if (!canRebuild) {
    throw new CliError(
      `${name} cannot be rebuilt: it decides and publishes, so its tables are not a function of the events.`,
      'Readers with tables of their own can be; to read its topics again, use baton rewind.',
    );
  }
  if (rebuild === null) {
    await confirm(
      terminal,
      `Rebuild the tables of ${name}? The current ones stay in use until the switch.`,
      yes,
    );
    await gateway.rebuild(name, incomplete);
  }
  if (!wait) return terminal.write(`${name}: rebuild requested. Follow it with: baton readers --watch`);
  await waitForSwitch(gateway, terminal, name);
  if (terminal.interactive) terminal.redraw('');
  terminal.write(`${name}: rebuilt, the new tables are in use.`);
};
