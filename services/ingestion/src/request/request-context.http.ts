import { memoized } from '@baton/contracts';
import type { FastifyRequest } from 'fastify';
import { isbot } from 'isbot';
import { hash, randomUUID } from 'node:crypto';
import type { SourceSettings } from '../source/source.store.js';
import { refusalOfKind, type KeyRules } from '../source/write-key-rules.js';
import { isPrefetch, type RequestContext } from '../activity/request-context.js';

/** The context of a request, for the rules. */
export const requestContextOf = (
  request: FastifyRequest,
  source: SourceSettings,
  receivedAt: Date,
  key?: KeyRules,
): RequestContext => {
  const { headers } = request;
  return {
    sourceId: source.id,
    personAgents: source.personAgents,
    receivedAt,
    userAgent: headers['user-agent'],
    prefetch: isPrefetch(headers['sec-purpose'], headers['purpose'], headers['x-moz'], headers['x-purpose']),
    digest: sha256,
    isBot,
    refusalOfKind: key && ((kind) => refusalOfKind(key, kind, source.id)),
    newId: randomUUID,
  };
};

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** Longest user agent examined: a longer one is not a browser's, and the expression below is slow. */
const MAX_USER_AGENT = 512;
/** isbot tests one long regular expression; requests repeat the user agents of a few browsers. */
const isBotOf = memoized((userAgent) => isbot(userAgent));
const isBot = (userAgent: string): boolean => isBotOf(userAgent.slice(0, MAX_USER_AGENT));
