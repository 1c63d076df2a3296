import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from './cli-error.js';
import type { GatewayClient, ReaderResponse, ReadersResponse } from './gateway.client.js';
import { table } from './table.js';
import type { Terminal } from './terminal.js';

const WATCH_INTERVAL_MS = 2_000;

/** Name of a reader across services. */
export const nameOf = ({ service, reader }: Pick<ReaderResponse, 'service' | 'reader'>): string =>
  `${service}/${reader}`;

/** Live, or the reason it is not. */
export const stateOf = ({ phase, rebuild, reason }: ReaderResponse): string => {
  if (phase === 'blocked' || phase === 'stopped') return `${phase}: ${reason ?? 'no reason given'}`;
  if (rebuild) return `rebuild ${rebuild}`;
  return phase === 'reading' ? 'live' : phase;
};

/** Sum of the next offsets per topic: `activity 1200, handoffs 7`. */
const positionsOf = ({ positions }: ReaderResponse): string => {
  const totals = new Map<string, number>();
  for (const { topic, next } of positions) totals.set(topic, (totals.get(topic) ?? 0) + Number(next));
  return [...totals].map(([topic, total]) => `${topic} ${total}`).join(', ') || '–';
};

export const readersTable = ({ items, unavailable = [] }: ReadersResponse): string =>
  [
    table(
      [
        { title: 'READER', value: nameOf },
        { title: 'VERSION', value: ({ version }) => version, right: true },
        { title: 'LAG', value: ({ lag }) => lag, right: true },
        { title: 'DEAD LETTERS', value: ({ deadLetters }) => deadLetters, right: true },
        { title: 'STATE', value: stateOf },
        { title: 'POSITION', value: positionsOf },
      ],
      items,
    ),
    ...unavailable.map((service) => `${service}: did not respond`),
  ].join('\n');

/** Prints position, lag and state of every reader; with `watch` again every two seconds until the process ends. */
export const showReaders = async (
  gateway: GatewayClient,
  terminal: Terminal,
  { json, watch }: { readonly json?: boolean; readonly watch?: boolean },
): Promise<void> => {
  for (;;) {
    const readers = await gateway.readers();
    if (watch && !json && terminal.interactive) terminal.clear();
    terminal.write(json ? JSON.stringify(readers, null, watch ? 0 : 2) : readersTable(readers));
    if (!watch) return;
    await delay(WATCH_INTERVAL_MS);
  }
};

/**
 * The reader with a name such as `scoring/leads`.
 * @throws CliError with the names that exist
 */
export const findReader = async (gateway: GatewayClient, name: string): Promise<ReaderResponse> => {
  const { items, unavailable = [] } = await gateway.readers();
  const found = items.find((reader) => nameOf(reader) === name);
  if (found) return found;
  const [service] = name.split('/');
  if (service !== undefined && unavailable.includes(service))
    throw new CliError(`${service} did not respond to the gateway.`, 'Try again when it is ready.');
  throw new CliError(
    `There is no reader ${name}.`,
    items.length > 0 ? `Readers: ${items.map(nameOf).join(', ')}.` : undefined,
  );
};
