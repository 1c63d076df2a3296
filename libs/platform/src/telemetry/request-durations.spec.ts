import { describe, expect, it } from '@jest/globals';
import { RequestDurations } from './request-durations.js';

describe('request durations', () => {
  it('are a Prometheus histogram: cumulative buckets with inclusive bounds, sum and count', () => {
    const durations = new RequestDurations();
    for (const seconds of [0.001, 0.002, 0.003, 60]) durations.record('GET', '/leads/:id', 200, seconds);
    const lines = durations.text().split('\n');
    const labels = 'http_request_method="GET",http_route="/leads/:id",http_response_status_code="200"';

    expect(lines).toContain(`http_server_request_duration_seconds_bucket{${labels},le="0.002"} 2`);
    expect(lines).toContain(`http_server_request_duration_seconds_bucket{${labels},le="0.005"} 3`);
    expect(lines).toContain(`http_server_request_duration_seconds_bucket{${labels},le="5"} 3`);
    expect(lines).toContain(`http_server_request_duration_seconds_bucket{${labels},le="+Inf"} 4`);
    expect(lines).toContain(`http_server_request_duration_seconds_count{${labels}} 4`);
    expect(lines).toContain(`http_server_request_duration_seconds_sum{${labels}} 60.006`);
  });

  it('are separate by route and status', () => {
    const durations = new RequestDurations();
    durations.record('GET', '/a', 200, 1);
    durations.record('GET', '/a', 404, 1);

    expect(durations.text().match(/_count\{/g)).toHaveLength(2);
  });
});
