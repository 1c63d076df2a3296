import { MODELS, SHAPES } from '@baton/attribution';
import { Command, Option } from 'commander';
import { attributePaths, type AttributionOptions } from './attribution.js';
import { backtest, type BacktestOptions } from './backtest.js';
import { brokersFrom, connectionFrom, type ConnectionOptions } from './connection.config.js';
import {
  listDeadLetters,
  resolveDeadLetters,
  showDeadLetter,
  type ListOptions,
  type ResolveOptions,
} from './dead-letters.js';
import { GatewayClient } from './gateway.client.js';
import { growTopicTo } from './grow-topic.js';
import { addImportCommand } from './import/import-command.js';
import { learn, type LearnOptions } from './learn/learn.js';
import { showReaders } from './readers.js';
import { rebuildReader, type RebuildOptions } from './rebuild-reader.js';
import { recount, type RecountOptions } from './recount.js';
import { rewindReader, type RewindOptions } from './rewind-reader.js';
import type { Terminal } from './terminal.js';

const EXAMPLES = `
Examples:
  baton readers --watch
  baton rewind scoring/leads --topic activity --to start
  baton rebuild reporting/facts
  baton dead-letters put-back --all --reader scoring/leads
  baton partitions activity 16
  baton recount --mend
  baton backtest scoring-model-3
  baton attribution paths.csv --model markov --order 2
  baton learn --history leads.csv --outcome converted --at created --predictions newest.csv
  baton import leads.csv --write-key KEY --map email=E-Mail --dates dmy --dry-run

Without --url and --token the local stack in .baton/local.json is used, or BATON_URL and BATON_TOKEN.`;

/** The command line. Commands write to `terminal` and throw CliError for failures the user can act on. */
export const createProgram = (terminal: Terminal): Command => {
  const program = new Command('baton')
    .description(
      'Operates readers, dead letters and topics of a Baton installation, imports leads, tries attribution models, and learns from past leads.',
    )
    .option('--url <URL>', 'address of the gateway')
    .option('--token <TOKEN>', 'admin API token')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(baton --help lists the commands)');
  const gateway = () => new GatewayClient(connectionFrom(program.opts<ConnectionOptions>()));
  addReaderCommands(program, terminal, gateway);
  addDeadLetterCommands(program, terminal, gateway);
  program
    .command('partitions')
    .description('give a topic more partitions, a multiple of its current number, while it is in use')
    .argument('<TOPIC>')
    .argument('<COUNT>')
    .option('-y, --yes', 'do not ask for confirmation')
    .action((topic: string, count: string, { yes }: { yes?: boolean }) =>
      growTopicTo(terminal, topic, count, { brokers: brokersFrom(), ...(yes ? { yes } : {}) }),
    );
  program
    .command('recount')
    .description('compare what the reports count with the facts, to the unit')
    .option('--mend', 'derive again what differs')
    .action((options: RecountOptions) => recount(gateway(), terminal, options));
  program
    .command('backtest')
    .description('replay any scoring model or funnel over the whole history, beside the active one')
    .argument('<DRAFT>', 'id of a draft or of an older version, such as scoring-model-3, or a JSON file')
    .option('--sample <N>', 'only the newest N leads')
    .option('--json', 'the whole result')
    .action((draft: string, options: BacktestOptions) => backtest(gateway(), terminal, draft, options));
  addAttributionCommand(program, terminal);
  addLearnCommand(program, terminal);
  addImportCommand(program, terminal);
  return program;
};

const addReaderCommands = (program: Command, terminal: Terminal, gateway: () => GatewayClient): void => {
  program
    .command('readers')
    .description('position, lag, dead letters and state of every reader')
    .option('--watch', 'repeat every 2 seconds')
    .option('--json', 'the response of the gateway, with every partition')
    .action((options: { json?: boolean; watch?: boolean }) => showReaders(gateway(), terminal, options));
  program
    .command('rewind')
    .description('let a reader process its topics again from the start')
    .argument('<SERVICE/READER>')
    .requiredOption('--to <TARGET>', 'start')
    .option('--topic <TOPIC>', 'only this topic')
    .option('-y, --yes', 'do not ask for confirmation')
    .action((name: string, options: RewindOptions) => rewindReader(gateway(), terminal, name, options));
  program
    .command('rebuild')
    .description('refill the tables of a read model beside the current ones, then switch')
    .argument('<SERVICE/READER>')
    .option('-y, --yes', 'do not ask for confirmation')
    .option('--no-wait', 'do not wait for the switch')
    .option('--incomplete', 'also when the topics no longer hold the first messages')
    .action((name: string, options: RebuildOptions) => rebuildReader(gateway(), terminal, name, options));
};

const addDeadLetterCommands = (program: Command, terminal: Terminal, gateway: () => GatewayClient): void => {
  const letters = program.command('dead-letters').description('messages a reader could not handle');
  letters
    .command('list')
    .description('dead letters, newest first')
    .option('--reader <SERVICE/READER>', 'only of this reader')
    .option('--state <STATE>', 'waiting, requested, done or waived', 'waiting')
    .option('--json', 'as JSON')
    .action((options: ListOptions) => listDeadLetters(gateway(), terminal, options));
  letters
    .command('show')
    .description('one dead letter with its whole message')
    .argument('<ID>')
    .option('--json', 'as JSON; key, value and headers in base64')
    .action((id: string, options: { json?: boolean }) => showDeadLetter(gateway(), terminal, id, options));
  const actions = [
    { action: 'put-back', description: 'let the reader process dead letters again' },
    { action: 'waive', description: 'close dead letters without processing them' },
  ] as const;
  for (const { action, description } of actions) {
    letters
      .command(action)
      .description(description)
      .argument('[IDS...]')
      .option('--all', 'every waiting dead letter of --reader')
      .option('--reader <SERVICE/READER>', 'with --all')
      .option('-y, --yes', 'do not ask for confirmation')
      .action((ids: string[], options: ResolveOptions) =>
        resolveDeadLetters(gateway(), terminal, action, ids, options),
      );
  }
};

const addAttributionCommand = (program: Command, terminal: Terminal): void => {
  program
    .command('attribution')
    .description('divide the conversions of paths in a CSV file by an attribution model')
    .argument('<FILE>', 'columns path (a > b), conversions and, if any, value, nulls, days_before')
    .addOption(new Option('--model <MODEL>', 'who gets the credit').choices(MODELS).makeOptionMandatory())
    .option('--order <N>', 'markov: touches that make a state, 1 to 3')
    .option('--half-life-days <DAYS>', 'time-decay: days in which the weight of a touch halves')
    .addOption(new Option('--shape <SHAPE>', 'position: the touches that get most').choices(SHAPES))
    .option('--direct-key <KEY...>', 'last-non-direct: keys that do not count')
    .option('--separator <TEXT>', 'between the touches of a path', '>')
    .addOption(new Option('--csv', 'as CSV').conflicts('json'))
    .option('--json', 'as JSON, as the API answers')
    .action((file: string, options: AttributionOptions) => attributePaths(terminal, file, options));
};

const addLearnCommand = (program: Command, terminal: Terminal): void => {
  program
    .command('learn')
    .description('train on the oldest leads of a CSV file, judge the probabilities of the newest')
    .requiredOption('--history <FILE>', 'CSV with one row per lead')
    .requiredOption('--outcome <COLUMN>', 'column that says what became of the lead')
    .option('--positive <VALUE>', 'its positive value; guessed when it is clear')
    .option('--at <COLUMN>', 'date or number that orders the rows; else the order of the file')
    .option('--leave-out <A,B>', 'columns not to use')
    .option('--keep <A,B>', 'columns to use although they look filled after the outcome')
    .option('--keep-leaking', 'use every column that looks filled after the outcome')
    .option('--holdout <SHARE>', 'newest part, judged and not trained on', '0.2')
    .option('--predictions <FILE>', 'write the probabilities of the newest part as CSV')
    .option('--every <N>', 'walk through the file: retrain after every N rows')
    .option('--window <M>', 'with --every: on the last M rows')
    .option('--json', 'one JSON document, see docs/learning.md')
    .action((options: LearnOptions) => learn(terminal, options));
};
