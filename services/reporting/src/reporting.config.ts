import { ServiceConfig } from '@baton/platform';

/** The settings that every service has. */
export class ReportingConfig extends ServiceConfig {}
