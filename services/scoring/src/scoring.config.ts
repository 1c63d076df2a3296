import { ServiceConfig } from '@baton/platform';

/** Scoring needs nothing beyond what every service does. */
export class ScoringConfig extends ServiceConfig {}
