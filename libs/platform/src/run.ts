import type { ServiceSpec } from './service.js';

/**
 * A service as a process: starts it and stops it on SIGTERM or SIGINT. `--check-config` validates the environment and
 * exits; `--migrate` brings the schema up to date and exits; `--openapi FILE` writes the OpenAPI document and exits.
 */
// eslint-disable-next-line @typescript-eslint/require-await
export const run = async (_spec: ServiceSpec<any>): Promise<void> => {
  throw new Error('not yet');
};
