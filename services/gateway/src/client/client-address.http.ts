import type { FastifyInstance, FastifyRequest } from 'fastify';

const ADDRESS = Symbol('address');
type AddressedRequest = FastifyRequest & { [ADDRESS]?: string };

/** Of a client that was gone before its request was read. */
const UNKNOWN = 'unknown';

/**
 * Keeps the address of each client from the begin of its request: a socket that was closed has none any more, and a client must not escape
 * the audit log or the limits on logins by hanging up.
 */
export const addClientAddress = (instance: FastifyInstance): void => {
  instance.addHook('onRequest', (request, _reply, done) => {
    (request as AddressedRequest)[ADDRESS] = request.ip;
    done();
  });
};

/** IP address of the client. Unlike `request.ip` it is known after the client has gone. */
export const addressOf = (request: FastifyRequest): string =>
  (request as AddressedRequest)[ADDRESS] ?? request.ip ?? UNKNOWN;
