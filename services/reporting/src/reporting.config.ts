import { ServiceConfig } from '@baton/platform';

/** Reporting is told nothing beyond what every service is. */
export class ReportingConfig extends ServiceConfig {}
