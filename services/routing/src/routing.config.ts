import { ServiceConfig } from '@baton/platform';

/** Routing has no settings of its own: what it decides by is in the policy both teams sign. */
export class RoutingConfig extends ServiceConfig {}
