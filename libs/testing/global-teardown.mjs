/** Ends the servers this run has started and waits until they are gone. */
export default () => globalThis.stopTestServers?.();
