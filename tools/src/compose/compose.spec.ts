import { describe, expect, it } from '@jest/globals';
import { composeFaults } from './compose-problems.js';
import { composeFileIn } from './compose-file.js';
import { collectorFaults, dashboardFaults, scrapeFaults } from './observability-problems.js';

const text = `
x-service: &service
  build: { context: ., dockerfile: infra/docker/Dockerfile }
  environment: { LOG_LEVEL: '\${LOG_LEVEL:-info}' }
services:
  broker: { image: 'apache/kafka:4.3.1', healthcheck: { test: [] }, volumes: ['data:/data'] }
  migrate-scoring: { <<: *service, depends_on: { broker: { condition: service_healthy } } }
  scoring:
    <<: *service
    ports: ['127.0.0.1:8400:8080']
    depends_on: { migrate-scoring: { condition: service_completed_successfully } }
volumes: { data: }
`;
const faults = (changed: string, services = ['scoring']): string[] =>
  composeFaults(composeFileIn(changed), { services, exists: (path) => path === 'infra/docker/Dockerfile' });

describe('the faults of a Compose file', () => {
  it('are none when all is well', () => {
    expect(faults(text)).toEqual([]);
    expect(composeFileIn(text).services['scoring']?.environment).toEqual({ LOG_LEVEL: 'info' });
  });

  it.each([
    ['docker/Dockerfile', 'docker/Otherfile', 'there is no infra/docker/Otherfile'],
    ['kafka:4.3.1', 'kafka:latest', 'names no version'],
    ['kafka:4.3.1', 'kafka', 'names no version'],
    ['{ broker: {', '{ other: {', 'depends on other, which is no service'],
    ['service_healthy', 'service_ready', 'unknown condition'],
    [', healthcheck: { test: [] }', '', 'which has no check'],
    ["'data:/data'", "'logs:/data'", 'volume logs is not declared'],
    ["'data:/data'", "'./infra/none.yml:/data'", 'there is no ./infra/none.yml'],
    ['migrate-scoring: { <<', 'migrate: { <<', 'has no migrate-scoring'],
    ['service_completed_successfully', 'service_started', 'does not wait for migrate-scoring'],
    ["ports: ['127.0.0.1:8400:8080']", "ports: ['8400:8080', '8400:9090']", 'port 8400 is published twice'],
  ])('%s → %s: %s', (from, to, fault) => {
    expect(text).toContain(from);
    expect(faults(text.replace(from, to)).join('\n')).toContain(fault);
  });

  it('name a service that exists as code only', () => {
    expect(faults(text, ['scoring', 'routing'])).toEqual(['routing: is not in the file']);
  });
});

describe('the faults of what watches', () => {
  const prometheus = {
    scrape_configs: [{ job_name: 'baton', static_configs: [{ targets: ['scoring:8080'] }] }],
  };

  it('are targets that are not there and services not watched', () => {
    expect(scrapeFaults(prometheus, ['scoring'], ['scoring'])).toEqual([]);
    expect(scrapeFaults(prometheus, ['routing'], ['routing'])).toEqual([
      'prometheus: scoring is no service',
      'prometheus: nobody scrapes routing',
    ]);
  });

  it('are parts of a pipeline that are not declared', () => {
    const collector = {
      receivers: { otlp: {} },
      processors: { batch: {} },
      connectors: { spanmetrics: {} },
      exporters: { debug: {} },
      service: {
        pipelines: {
          traces: { receivers: ['otlp'], processors: ['batch'], exporters: ['debug', 'spanmetrics'] },
        },
      },
    };
    expect(collectorFaults(collector)).toEqual([]);
    expect(collectorFaults({ ...collector, exporters: {} })).toEqual([
      'collector: pipeline traces uses debug, which is none of its exporters',
    ]);
  });

  it('are metrics on the dashboard that nothing measures', () => {
    const showing = (expr: string): unknown => ({ panels: [{ targets: [{ expr }] }] });
    const declared = ['baton_bus_batch_seconds', 'baton_bus_published', 'http.server.request.duration'];
    for (const expr of [
      'rate(baton_bus_batch_seconds_bucket[1m])',
      'baton_bus_published_total',
      'sum by (http_response_status_code) (http_server_request_duration_seconds_count)',
    ]) {
      expect(dashboardFaults(showing(expr), declared)).toEqual([]);
    }
    expect(dashboardFaults(showing('baton_bus_sent_total'), declared)).toEqual([
      'dashboard: nothing measures baton_bus_sent_total',
    ]);
  });
});
