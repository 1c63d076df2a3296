import { CliError } from './cli-error.js';
import { confirm } from './confirm.js';
import type { DeadLetterPage, GatewayClient } from './gateway.client.js';
import { nameOf } from './readers.js';
import { table } from './table.js';
import type { Terminal } from './terminal.js';

const MAX_REASON_LENGTH = 90;

export interface ListOptions {
  readonly reader?: string;
  readonly state: string;
  readonly json?: boolean;
}

export interface ResolveOptions {
  readonly all?: boolean;
  readonly reader?: string;
  readonly yes?: boolean;
}

const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > MAX_REASON_LENGTH ? `${line.slice(0, MAX_REASON_LENGTH - 1)}…` : line;
};

export const listDeadLetters = async (
  gateway: GatewayClient,
  terminal: Terminal,
  { reader, state, json }: ListOptions,
): Promise<void> => {
  const { items: letters, next } = await gateway.deadLetters({
    state,
    ...(reader === undefined ? {} : { reader }),
  });
  if (json) return terminal.write(JSON.stringify(letters, null, 2));
  if (letters.length === 0) return terminal.write(`No dead letters in state ${state}.`);
  terminal.write(
    table(
      [
        { title: 'ID', value: ({ id }) => id },
        { title: 'AT', value: ({ at }) => at },
        { title: 'READER', value: nameOf },
        {
          title: 'RECORD',
          value: ({ topic, partition, offset }) => `${topic}/${partition}@${offset}`,
        },
        { title: 'TYPE', value: ({ type }) => type ?? '–' },
        { title: 'REASON', value: ({ reason }) => shortened(reason) },
      ],
      letters,
    ),
  );
  if (next !== null) terminal.write('There are more; narrow the list with --reader, or resolve these first.');
};

/** Base64 as text; JSON is indented, bytes that are not UTF-8 stay base64. */
const readable = (base64: string | null | undefined): string => {
  if (base64 === null || base64 === undefined) return '(none)';
  const bytes = Buffer.from(base64, 'base64');
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) return `${base64} (base64)`;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

export const showDeadLetter = async (
  gateway: GatewayClient,
  terminal: Terminal,
  id: string,
  { json }: { readonly json?: boolean },
): Promise<void> => {
  const letter = await gateway.deadLetter(id);
  if (json) return terminal.write(JSON.stringify(letter, null, 2));
  const { key, value, headers = {}, ...summary } = letter;
  terminal.write(
    [
      ...Object.entries(summary).map(([name, content]) => `${name}: ${String(content)}`),
      `key: ${readable(key)}`,
      'headers:',
      ...Object.entries(headers).map(([name, content]) => `  ${name}: ${readable(content)}`),
      'value:',
      readable(value),
    ].join('\n'),
  );
};

/** Ids of every waiting dead letter of a reader. */
const waitingOf = async (gateway: GatewayClient, reader: string): Promise<string[]> => {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: DeadLetterPage = await gateway.deadLetters({
      reader,
      state: 'waiting',
      ...(cursor === undefined ? {} : { cursor }),
    });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  return ids;
};

const selected = async (
  gateway: GatewayClient,
  ids: readonly string[],
  { all, reader }: ResolveOptions,
): Promise<readonly string[]> => {
  if (all && ids.length > 0) throw new CliError('Pass either ids or --all, not both.');
  if (!all) {
    if (ids.length > 0) return ids;
    throw new CliError(
      'No dead letters named.',
      'Pass ids (baton dead-letters list), or --all --reader NAME.',
    );
  }
  if (reader === undefined)
    throw new CliError('--all needs --reader.', 'For example: --all --reader scoring/leads');
  return waitingOf(gateway, reader);
};

const VERBS = {
  'put-back': { question: 'Put back', done: 'put back' },
  waive: { question: 'Waive', done: 'waived' },
} as const;

/**
 * Puts back or waives dead letters one by one; a refused one does not keep the others.
 * @throws CliError when any was refused
 */
export const resolveDeadLetters = async (
  gateway: GatewayClient,
  terminal: Terminal,
  action: keyof typeof VERBS,
  ids: readonly string[],
  options: ResolveOptions,
): Promise<void> => {
  const letters = await selected(gateway, ids, options);
  if (letters.length === 0) return terminal.write('No dead letters are waiting.');
  const what = `${letters.length} dead letter${letters.length === 1 ? '' : 's'}`;
  await confirm(terminal, `${VERBS[action].question} ${what}?`, options.yes);
  let done = 0;
  for (const id of letters) {
    try {
      await gateway.resolve(id, action);
      done += 1;
    } catch (fault) {
      if (!(fault instanceof CliError)) throw fault;
      terminal.write(`${id}: ${fault.message}`);
    }
  }
  terminal.write(`${done} of ${what} ${VERBS[action].done}.`);
  if (done < letters.length) throw new CliError(`${letters.length - done} were refused.`);
};
