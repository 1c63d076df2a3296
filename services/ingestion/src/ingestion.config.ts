import { ServiceConfig } from '@baton/platform';

/** Ingestion is told nothing beyond what every service is. */
export class IngestionConfig extends ServiceConfig {}
