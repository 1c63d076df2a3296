import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { isInScope, READ_ONLY_POSTS } from './token-scope.js';

const ID = '/api/handoffs/4f8f8f0c-6a4e-4b62-8f5e-0c6b5c1b9c11';

describe('a token of the scope read', () => {
  it.each([
    ['GET', '/api/leads/1'],
    ['HEAD', '/api/leads/1'],
    ['GET', '/api/live'],
    ['POST', '/api/leads/search'],
    ['POST', '/api/leads/count'],
    ['POST', '/api/leads/export'],
    ['POST', '/api/leads/search?limit=3'],
    ['POST', '/api/attribution/evaluate'],
    ['POST', '/api/calendars/due'],
    ['POST', '/api/calendars/elapsed'],
  ])('may send %s %s', (method, url) => {
    expect(isInScope('read', method, url)).toBe(true);
  });

  it.each([
    ['POST', `${ID}/accept`],
    ['POST', '/api/tokens'],
    ['POST', '/api/leads/search/'],
    ['POST', '/api/leads/search/../../tokens'],
    ['POST', '/api/leads/search%2f..%2f..%2ftokens'],
    ['POST', '/api/leads/search;/../tokens'],
    ['POST', '/api//leads/search'],
    ['POST', '/api/LEADS/search'],
    ['POST', '/api/tokens?/api/leads/search'],
    ['PUT', '/api/leads/search'],
    ['PATCH', '/api/leads/search'],
    ['DELETE', '/api/leads/search'],
    ['get', '/api/leads/1'],
    ['QUERY', '/api/leads/1'],
  ])('may not send %s %s', (method, url) => {
    expect(isInScope('read', method, url)).toBe(false);
    expect(isInScope('write', method, url)).toBe(true);
  });
});

describe('the routes that only read although they are POST', () => {
  const documents = new URL('../../../../docs/openapi/', import.meta.url);
  const posts = readdirSync(documents).flatMap((file) => {
    const { paths } = JSON.parse(readFileSync(new URL(file, documents), 'utf8')) as {
      paths: Record<string, { post?: object }>;
    };
    return Object.keys(paths)
      .filter((path) => paths[path]?.post)
      .map((path) => (path.startsWith('/api/') ? path : `/api${path}`));
  });

  it('exist, and are all searches and computations of the API', () => {
    expect([...READ_ONLY_POSTS].filter((path) => !posts.includes(path))).toEqual([]);
    expect(
      posts.filter((path) => /\/(search|evaluate|due|elapsed)$/.test(path) && !READ_ONLY_POSTS.has(path)),
    ).toEqual([]);
  });
});
