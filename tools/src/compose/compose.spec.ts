import { describe, expect, it } from '@jest/globals';
import { composeProblems } from './compose-problems.js';
import { composeFileIn } from './compose-file.js';
import { collectorProblems, dashboardProblems, scrapeProblems } from './observability-problems.js';

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
const problemsOf = (changed: string, services = ['scoring']): string[] =>
  composeProblems(composeFileIn(changed), { services, exists: (path) => path === 'infra/docker/Dockerfile' });

describe('composeProblems', () => {
  it('is empty for a valid file', () => {
    expect(problemsOf(text)).toEqual([]);
    expect(composeFileIn(text).services['scoring']?.environment).toEqual({ LOG_LEVEL: 'info' });
  });

  it.each([
    ['docker/Dockerfile', 'docker/Otherfile', 'file not found: infra/docker/Otherfile'],
    ['kafka:4.3.1', 'kafka:latest', 'names no version'],
    ['kafka:4.3.1', 'kafka', 'names no version'],
    ['{ broker: {', '{ other: {', 'depends on other, which is not a service'],
    ['service_healthy', 'service_ready', 'unknown condition'],
    [', healthcheck: { test: [] }', '', 'which has no health check'],
    ["'data:/data'", "'logs:/data'", 'volume logs is not declared'],
    ["'data:/data'", "'secrets:/run'", 'broker: must not read secrets'],
    ["'data:/data'", "'scoring-secret:/run:ro'", 'broker: must not read scoring-secret'],
    ["'data:/data'", "'./infra/none.yml:/data'", 'file not found: ./infra/none.yml'],
    ['migrate-scoring: { <<', 'migrate: { <<', 'has no migrate-scoring'],
    ['service_completed_successfully', 'service_started', 'does not wait for migrate-scoring'],
    ["ports: ['127.0.0.1:8400:8080']", "ports: ['8400:8080', '8400:9090']", 'port 8400 is published twice'],
  ])('%s → %s: %s', (from, to, problem) => {
    expect(text).toContain(from);
    expect(problemsOf(text.replace(from, to)).join('\n')).toContain(problem);
  });

  it.each([
    ['scoring', []],
    ['migrate-scoring', []],
    ['secrets', []],
    ['routing', ['routing: must not read scoring-secret']],
    ['grafana', ['grafana: must not read scoring-secret']],
  ])('of a service %s that mounts the secrets of scoring: %j', (name, problems) => {
    const service = { image: 'a/b:1', volumes: ['scoring-secret:/run/baton:ro'] };
    const file = { services: { [name]: service }, volumes: { 'scoring-secret': null } };
    expect(composeProblems(file, { services: [], exists: () => true })).toEqual(problems);
  });

  it('reports a service that is missing from the file', () => {
    expect(problemsOf(text, ['scoring', 'routing'])).toEqual(['routing: is missing from the file']);
  });
});

describe('observability problems', () => {
  const prometheus = {
    scrape_configs: [{ job_name: 'baton', static_configs: [{ targets: ['scoring:8080'] }] }],
  };

  it('include unknown scrape targets and services without one', () => {
    expect(scrapeProblems(prometheus, ['scoring'], ['scoring'])).toEqual([]);
    expect(scrapeProblems(prometheus, ['routing'], ['routing'])).toEqual([
      'prometheus: scoring is not a service',
      'prometheus: no scrape target for routing',
    ]);
  });

  it('include undeclared components of a pipeline', () => {
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
    expect(collectorProblems(collector)).toEqual([]);
    expect(collectorProblems({ ...collector, exporters: {} })).toEqual([
      'collector: pipeline traces uses debug, which is not declared in its exporters',
    ]);
  });

  it('include dashboard metrics that no code declares', () => {
    const dashboardOf = (expr: string): unknown => ({ panels: [{ targets: [{ expr }] }] });
    const declared = ['baton_bus_batch_seconds', 'baton_bus_published', 'http.server.request.duration'];
    for (const expr of [
      'rate(baton_bus_batch_seconds_bucket[1m])',
      'baton_bus_published_total',
      'sum by (http_response_status_code) (http_server_request_duration_seconds_count)',
    ]) {
      expect(dashboardProblems(dashboardOf(expr), declared)).toEqual([]);
    }
    expect(dashboardProblems(dashboardOf('baton_bus_sent_total'), declared)).toEqual([
      'dashboard: no code declares baton_bus_sent_total',
    ]);
  });
});
