export interface Signals {
  /** First signal: orderly shutdown. */
  onFirst: (signal: string) => void;
  /** Later signal: immediate exit. */
  onSecond: () => void;
  /** npm's shell exits on SIGTERM without forwarding it, so the exit of the parent counts as a signal. */
  watchParent?: boolean;
}

/** The terminal and npm may both deliver one Ctrl-C; signals within this time count as one. */
const DUPLICATE_WITHIN_MS = 300;

/** Calls back on SIGINT, SIGTERM and SIGHUP. */
export const onSignals = ({ onFirst, onSecond, watchParent = false }: Signals): void => {
  let first: number | undefined;
  const receive = (signal: string): void => {
    if (first === undefined) {
      first = Date.now();
      onFirst(signal);
    } else if (Date.now() - first > DUPLICATE_WITHIN_MS) onSecond();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, receive);
  if (!watchParent) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    receive('the end of npm');
  }, 500);
  watch.unref();
};
