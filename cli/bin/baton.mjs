#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// npm links the bin on install, before the first build, so the launcher is committed and the program is not.
const program = new URL('../dist/main.js', import.meta.url);
if (existsSync(fileURLToPath(program))) {
  await import(program.href);
} else {
  console.error('The command line is not built. Run `npm run build` first.');
  process.exitCode = 1;
}
