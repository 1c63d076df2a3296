import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Keeps the connection of a request that is refused before its body was read, and drops the rest: a connection that is closed with
 * unread bytes is reset, and its client loses the response. Fastify closes it after any fault of a body. The sender has no longer than
 * the timeout of a request.
 */
export const dropUnreadBody = ({ raw }: FastifyRequest, reply: FastifyReply): void => {
  if (raw.complete) return;
  void reply.removeHeader('connection');
  raw.unpipe();
  raw.resume();
};
