/** The lock that decides which tab has the stream. The browser frees it when its tab closes or crashes. */
export interface TabLock {
  /** Asks for it; `steal` takes it from the tab that has it. */
  take: (steal: boolean) => void;
  /** Gives it back, or withdraws the request. */
  release: () => void;
}

interface TabLockListener {
  readonly onLocked: () => void;
  /** Stolen, or refused by the browser. */
  readonly onLost: () => void;
}

/** A lock among the tabs of one origin. */
export const sharedLock = (name: string, { onLocked, onLost }: TabLockListener): TabLock => {
  let current: AbortController | undefined;
  const take = (steal: boolean): void => {
    current?.abort();
    const taken = new AbortController();
    current = taken;
    const held = new Promise<void>((resolve) => taken.signal.addEventListener('abort', () => resolve()));
    const hold = (): Promise<void> => {
      if (!taken.signal.aborted) onLocked();
      return taken.signal.aborted ? Promise.resolve() : held;
    };
    // The standard does not allow a signal together with `steal`, which is granted at once.
    const options = steal ? { steal } : { signal: taken.signal };
    navigator.locks.request(name, options, hold).catch(() => !taken.signal.aborted && onLost());
  };
  return { take, release: () => current?.abort() };
};

/** The lock of a tab that shares nothing: always free. */
export const ownLock = ({ onLocked }: TabLockListener): TabLock => {
  let wanted = false;
  const take = (): void => {
    wanted = true;
    queueMicrotask(() => wanted && onLocked());
  };
  return { take, release: () => (wanted = false) };
};
