import autocannon from 'autocannon';

export interface Load {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  /** Requests answered with 2xx. */
  readonly accepted: number;
  readonly perSecond: number;
  readonly p99Ms: number;
}

/** Closed-loop load from a worker thread: each connection sends its next request after the response to the previous one. */
export const load = async ({ url, headers, body, connections, seconds }: Load): Promise<LoadResult> => {
  const result = await autocannon({
    url,
    method: 'POST',
    headers,
    body,
    connections,
    duration: seconds,
    workers: 1,
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} responses were not 2xx and ${result.errors} failed`);
  }
  return { accepted: result['2xx'], perSecond: result['2xx'] / result.duration, p99Ms: result.latency.p99 };
};
