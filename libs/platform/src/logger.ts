import type { Logger as PinoLogger } from 'pino';

/** pino's logger as an injectable: `constructor(private readonly logger: Logger)`. Never log a body, an address or a URL's query. */
export abstract class Logger {}
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- Nest wants a class as the token, pino gives only an interface
export interface Logger extends PinoLogger {}
