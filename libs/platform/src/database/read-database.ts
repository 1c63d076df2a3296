import { Database } from '@baton/bus';

/**
 * The database for queries that answer HTTP requests: a connection pool of its own with a statement timeout, so that slow or
 * numerous reads cannot take the connections of readers, timers and commands. A query over the limit fails with SQLSTATE
 * 57014, a pool without a free connection after 5 s with a transient fault; both are a 503 with `Retry-After`.
 */
export class ReadDatabase extends Database {}
