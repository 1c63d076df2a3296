import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import { DomainError } from '@baton/platform';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { NONCE_PLACEHOLDER, pagePolicy } from './content-security-policy.js';

const ASSETS = '/assets/';
const HAS_EXTENSION = /\.[a-z0-9]+$/i;

/** Placeholder of the public address of ingestion in the dashboard's index.html. */
const INGESTION_URL_PLACEHOLDER = '__INGESTION_URL__';

interface PagesConfig {
  readonly dashboardDir: string;
  readonly publicIngestionUrl?: string;
}

/**
 * Serves the dashboard's files. Every path without an extension is one of the dashboard's pages: the same document, with routing in
 * the browser. Files are read per request, so a new build needs no restart.
 */
export const servePages = async (
  instance: FastifyInstance,
  { dashboardDir, publicIngestionUrl }: PagesConfig,
): Promise<void> => {
  const root = resolve(dashboardDir);
  const ingestionUrl = publicIngestionUrl === undefined ? '' : attributeOf(publicIngestionUrl);
  await instance.register(fastifyStatic, { root, serve: false, cacheControl: false, preCompressed: true });
  instance.get('/*', async (request, reply) => {
    const path = `/${(request.params as { '*': string })['*']}`;
    if (path === '/api' || path.startsWith('/api/'))
      throw new DomainError('not-found', 'There is nothing at this address.');
    if (!HAS_EXTENSION.test(path) || path === '/index.html') {
      return page(reply, join(root, 'index.html'), ingestionUrl);
    }
    // The name of an asset contains a hash of its content.
    const cacheControl = path.startsWith(ASSETS) ? 'public, max-age=31536000, immutable' : 'no-cache';
    return reply.header('cache-control', cacheControl).sendFile(path);
  });
};

/** The document, with a new nonce for its styles and scripts: no others may run. */
const page = async (reply: FastifyReply, file: string, ingestionUrl: string): Promise<FastifyReply> => {
  const html = await readFile(file, 'utf8').catch(() => undefined);
  if (html === undefined)
    throw new DomainError(
      'not-found',
      'The dashboard is not built; the API works without it. See npm run build.',
    );
  const nonce = randomBytes(16).toString('base64');
  return reply
    .header('content-security-policy', pagePolicy(nonce))
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(html.replaceAll(NONCE_PLACEHOLDER, nonce).replace(INGESTION_URL_PLACEHOLDER, () => ingestionUrl));
};

/** The address without a slash at its end, as the value of an attribute: a URL has no quotes, but it may have ampersands. */
const attributeOf = (url: string): string => new URL(url).href.replace(/\/$/, '').replaceAll('&', '&amp;');
