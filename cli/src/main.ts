import { CliError } from './cli-error.js';
import { createProgram } from './program.js';
import { processTerminal } from './terminal.js';

try {
  await createProgram(processTerminal).parseAsync();
} catch (fault) {
  if (!(fault instanceof CliError)) throw fault;
  console.error(fault.message);
  if (fault.advice) console.error(fault.advice);
  process.exitCode = fault.exitCode;
}
