import { ServiceConfig } from '@baton/platform';

/** Routing needs nothing beyond what every service is told: what it decides by stands in the policy both teams sign. */
export class RoutingConfig extends ServiceConfig {}
