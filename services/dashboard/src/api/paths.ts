import type { paths as Gateway } from './generated/gateway.js';
import type { paths as Reporting } from './generated/reporting.js';
import type { paths as Routing } from './generated/routing.js';
import type { paths as Scoring } from './generated/scoring.js';

/** The gateway describes its own part with the `/api` that it takes off the others. */
type Own = { [Path in keyof Gateway as Path extends `/api${infer Rest}` ? Rest : never]: Gateway[Path] };

/**
 * The API through the gateway, made of what each service says of itself. Definitions are asked of scoring or routing and look
 * the same at both; the gateway's merged list has the shape of theirs.
 */
export type Paths = Scoring & Reporting & Omit<Routing, keyof Scoring> & Omit<Own, keyof Scoring>;
