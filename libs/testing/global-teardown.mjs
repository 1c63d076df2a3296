/** Stops the servers of this run. */
export default () => globalThis.stopTestServers?.();
