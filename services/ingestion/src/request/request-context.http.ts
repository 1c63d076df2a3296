import type { FastifyRequest } from 'fastify';
import { isbot } from 'isbot';
import { hash, randomUUID } from 'node:crypto';
import { isPrefetch, type RequestContext } from '../activity/request-context.js';

const MAX_REMEMBERED = 2_000;
const verdicts = new Map<string, boolean>();

/** What the door tells the rules of one request. */
export const requestContextOf = (
  request: FastifyRequest,
  sourceId: string,
  receivedAt: Date,
): RequestContext => {
  const { headers } = request;
  return {
    sourceId,
    receivedAt,
    userAgent: headers['user-agent'],
    prefetch: isPrefetch(headers['sec-purpose'], headers['purpose'], headers['x-moz'], headers['x-purpose']),
    digest: sha256,
    isBot,
    newId: randomUUID,
  };
};

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** The list of robots is one long expression; the same few browsers come again and again. */
const isBot = (userAgent: string): boolean => {
  const known = verdicts.get(userAgent);
  if (known !== undefined) return known;
  if (verdicts.size >= MAX_REMEMBERED) verdicts.clear();
  const verdict = isbot(userAgent);
  verdicts.set(userAgent, verdict);
  return verdict;
};
