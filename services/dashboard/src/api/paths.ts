import type { paths as Gateway } from './generated/gateway.js';
import type { paths as Ingestion } from './generated/ingestion.js';
import type { paths as Reporting } from './generated/reporting.js';
import type { paths as Routing } from './generated/routing.js';
import type { paths as Scoring } from './generated/scoring.js';

/** The gateway's own paths, without the prefix `/api` that the paths of services do not have. */
type GatewayPaths = {
  [Path in keyof Gateway as Path extends `/api${infer Rest}` ? Rest : never]: Gateway[Path];
};

/**
 * The API through the gateway: the paths of all services. Definitions have the same shape at all services and in the gateway's
 * merged list.
 */
export type Paths = Ingestion &
  Scoring &
  Reporting &
  Omit<Routing, keyof Scoring> &
  Omit<GatewayPaths, keyof Scoring>;
