/** Longest text whose result is kept. */
const MAX_TEXT = 256;
/** Results kept per function; then all are dropped, so that a hostile sender cannot fill the cache for good. */
const MAX_RESULTS = 4_000;

/** `work` with its results kept for short texts: at most about 3 MB per function. */
export const memoized = <Result>(work: (text: string) => Result): ((text: string) => Result) => {
  const results = new Map<string, Result>();
  return (text) => {
    if (text.length > MAX_TEXT) return work(text);
    const known = results.get(text);
    if (known !== undefined || results.has(text)) return known as Result;
    if (results.size >= MAX_RESULTS) results.clear();
    const key = copyOf(text);
    const result = work(key);
    results.set(key, result);
    return result;
  };
};

/** A text of its own: V8 keeps the whole body of a request in memory as long as a part of it that was not copied. */
const copyOf = (text: string): string => JSON.parse(JSON.stringify(text)) as string;
