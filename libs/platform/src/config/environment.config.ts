import type { Environment } from './load-config.js';

/** Environment of the process; tests pass their own instead. */
export const environment = (): Environment => process.env;
