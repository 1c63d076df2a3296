import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from './cli-error.js';
import { cohortTables } from './backtest-cohorts.js';
import type { BacktestAnswer, BacktestSide, GatewayClient } from './gateway.client.js';
import { table } from './table.js';
import type { Terminal } from './terminal.js';

export interface BacktestOptions {
  readonly json?: boolean;
  readonly sample?: string;
}

const POLL_EVERY_MS = 500;

/** A draft by its id, or a document in a file: a funnel has stages, a scoring model rules. */
const requestOf = (draft: string): object => {
  if (/^scoring-model-\d+$/.test(draft)) return { scoringModelId: draft };
  if (/^funnel-\d+$/.test(draft)) return { funnelId: draft };
  const document = documentOf(draft);
  if ('rules' in document) return { scoringModel: document };
  if ('stages' in document) return { funnel: document };
  throw new CliError(
    `${draft} is neither a scoring model nor a funnel.`,
    'Give a file with rules or stages.',
  );
};

const documentOf = (file: string): object => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as object;
  } catch (fault) {
    throw new CliError(
      `${file} is no definition: ${(fault as Error).message}`,
      'Give the id of a draft, such as scoring-model-3, or a JSON file.',
    );
  }
};

/**
 * Replays a draft over the whole history and prints it beside the active definitions.
 * @throws CliError when the draft is refused, or the backtest fails or is cancelled
 */
export const backtest = async (
  gateway: GatewayClient,
  terminal: Terminal,
  draft: string,
  { json, sample }: BacktestOptions,
): Promise<void> => {
  const request = { ...requestOf(draft), ...(sample === undefined ? {} : { sample: Number(sample) }) };
  let answer = await gateway.startBacktest(request);
  while (answer.state === 'running') {
    if (terminal.interactive) terminal.redraw(`${answer.leadsDone} of ${answer.leadsTotal} leads`);
    await delay(POLL_EVERY_MS);
    answer = await gateway.backtest(answer.id);
  }
  if (terminal.interactive) terminal.redraw('');
  if (answer.state !== 'done') throw new CliError(answer.fault ?? `The backtest is ${answer.state}.`);
  terminal.write(json ? JSON.stringify(answer.result, null, 2) : inWords(answer));
};

const inWords = ({ result }: BacktestAnswer): string => {
  const { leads, activities, days, sellers, draft, active, becomes, stops, cohorts } = result!;
  const row = (name: string, of: (side: BacktestSide) => string | number | null) => ({
    name,
    active: String(of(active) ?? '–'),
    draft: String(of(draft) ?? '–'),
  });
  const rows = [
    row('hand-offs', ({ handoffs }) => handoffs),
    row('ready today', ({ ready }) => ready),
    row('judged by sales', ({ judged }) => judged),
    row('accepted of 100 judged', ({ acceptedPer100 }) => acceptedPer100),
    row('won of 100 judged', ({ wonPer100 }) => wonPer100),
    row('per seller and day', ({ perSellerAndDay }) => perSellerAndDay),
  ];
  return [
    `${leads} leads, ${activities} activities in ${days} days, ${sellers} sellers`,
    '',
    table(
      [
        { title: '', value: ({ name }) => name },
        { title: 'ACTIVE', value: ({ active }) => active },
        { title: 'DRAFT', value: ({ draft }) => draft },
      ],
      rows,
    ),
    '',
    `${becomes.count} leads become sales-ready, ${stops.count} no longer do.`,
    ...(cohorts ? cohortTables(cohorts) : []),
  ].join('\n');
};
