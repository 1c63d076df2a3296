import type { User } from '@baton/platform';
import type { FastifyRequest } from 'fastify';

const CALLER = Symbol('caller');
type CalledRequest = FastifyRequest & { [CALLER]?: Caller };

/** Who sends a request, as the audit log names them. */
export type Caller = Pick<User, 'id' | 'name'> & {
  readonly role?: User['role'];
  /** Hash of the session or API token of the request. */
  readonly credential?: Buffer;
};

/** To be called when it is known: by authentication, or by a login. */
export const rememberCaller = (request: FastifyRequest, caller: Caller): void => {
  (request as CalledRequest)[CALLER] = caller;
};

export const callerOf = (request: FastifyRequest): Caller | undefined => (request as CalledRequest)[CALLER];
