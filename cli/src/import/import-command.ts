import { Option, type Command } from 'commander';
import { ingestionFrom, type ConnectionOptions } from '../connection.config.js';
import type { Terminal } from '../terminal.js';
import { KINDS } from './fields.js';
import { importFile } from './import-file.js';
import type { ImportOptions } from './import-options.js';
import { DATE_ORDERS } from './instant.js';

const HELP = `
--url is the address of ingestion here. Without --url and --write-key the local stack in .baton/local.json is used, or
BATON_INGESTION_URL and BATON_WRITE_KEY. The import is remembered in FILE.import.json: run it again to go on after an
interruption. Rows that fail are in FILE.errors.csv. Exit code 0 when all rows were imported, 1 when some failed, 2
when the call cannot work.`;

/** Adds `baton import`. @param end what the exit code is given to */
export const addImportCommand = (
  program: Command,
  terminal: Terminal,
  end = (code: number): void => void (process.exitCode = code),
): void => {
  program
    .command('import')
    .description('send the leads, activities or outcomes of a file to ingestion, each once')
    .argument('<FILE>', 'CSV with the names of the columns in its first line, or NDJSON')
    .option('--write-key <KEY>', 'write key of the source that the rows belong to')
    .addOption(new Option('--kind <KIND>', 'what a row is; told from the columns').choices(KINDS))
    .option('--map <PAIRS...>', 'email=COLUMN,name="Last, first",ignore=A|B, or a JSON file')
    .option('--at <COLUMN>', 'when the lead was first seen, the activity was done, the outcome came')
    .option('--outcomes <PAIRS>', 'values of the column outcome: won=A|B,lost=C,ignore=D')
    .addOption(new Option('--dates <ORDER>', 'day or month first in dates of numbers').choices(DATE_ORDERS))
    .option('--time-zone <ZONE>', 'of times that name none', 'UTC')
    .option('--encoding <NAME>', 'of the file; else UTF-8, UTF-16 or Windows-1252 are told apart')
    .option('--dry-run', 'show the mapping and the first rows, check all, send nothing')
    .option('--restart', 'from the first row, whatever was imported before')
    .option('-y, --yes', 'do not ask for confirmation')
    .addHelpText('after', HELP)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .action(async (file: string, options: ImportOptions) => {
      const address = () => ingestionFrom({ ...program.opts<ConnectionOptions>(), ...options });
      end(await importFile(terminal, file, options, address));
    });
};
