import { ServiceConfig } from '@baton/platform';

/** Ingestion has no settings of its own. */
export class IngestionConfig extends ServiceConfig {}
