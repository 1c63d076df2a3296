export interface Signals {
  /** The first signal: end in order. */
  onFirst: (signal: string) => void;
  /** Another one: end at once. */
  onSecond: () => void;
  /** Started by npm: its shell ends on SIGTERM without passing it on, so its end is taken as the signal. */
  watchParent?: boolean;
}

/** A terminal and npm may both deliver one Ctrl-C: what comes this soon (ms) after the first is the same. */
const same = 300;

/** Listens for what asks this process to end. */
export const onSignals = ({ onFirst, onSecond, watchParent = false }: Signals): void => {
  let first: number | undefined;
  const receive = (signal: string): void => {
    if (first === undefined) {
      first = Date.now();
      onFirst(signal);
    } else if (Date.now() - first > same) onSecond();
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
