import type { Environment } from './load-config.js';

/** What the process was started with; tests give their own instead. */
export const environment = (): Environment => process.env;
