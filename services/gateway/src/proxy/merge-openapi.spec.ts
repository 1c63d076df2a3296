import { describe, expect, it } from '@jest/globals';
import { mergeOpenApi, type OpenApi } from './merge-openapi.js';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const document = (path: string, schemas: Record<string, unknown>): OpenApi => ({
  paths: { [path]: { get: { answer: ref('Person') } } },
  components: { schemas },
});
const outside = (path: string) => (path === '/health' ? undefined : `/api${path}`);

describe('mergeOpenApi', () => {
  const merged = mergeOpenApi('Baton', [
    { name: 'scoring', document: document('/leads', { Person: { a: 1 }, Problem: {} }), pathOf: outside },
    { name: 'routing', document: document('/handoffs', { Person: { b: 2 }, Problem: {} }), pathOf: outside },
    { name: 'ingestion', document: document('/health', { Person: { a: 1 } }), pathOf: outside },
  ]);

  it('has the paths that are public', () => {
    expect(Object.keys(merged.paths)).toEqual(['/api/leads', '/api/handoffs']);
  });

  it('renames schemas of one name that differ, with their references', () => {
    expect(merged.components?.schemas).toEqual({ Person: { a: 1 }, RoutingPerson: { b: 2 }, Problem: {} });
    expect(merged.paths).toEqual({
      '/api/leads': { get: { answer: ref('Person') } },
      '/api/handoffs': { get: { answer: ref('RoutingPerson') } },
    });
  });
});
