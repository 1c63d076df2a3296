import type { User } from '@baton/platform';
import type { FastifyRequest } from 'fastify';

const CALLER = Symbol('caller');
const OUTCOME = Symbol('outcome');
const OBJECT = Symbol('object');
type CalledRequest = FastifyRequest & {
  [CALLER]?: Caller;
  [OUTCOME]?: number;
  [OBJECT]?: string;
};

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

/** The status to record for a request that a browser is redirected after: the redirect does not tell a refusal. */
export const rememberOutcome = (request: FastifyRequest, status: number): void => {
  (request as CalledRequest)[OUTCOME] = status;
};

export const outcomeOf = (request: FastifyRequest): number | undefined => (request as CalledRequest)[OUTCOME];

/** The id of what a request has made: it is not in the path. */
export const rememberObject = (request: FastifyRequest, id: string): void => {
  (request as CalledRequest)[OBJECT] = id;
};

export const objectOf = (request: FastifyRequest): string | undefined => (request as CalledRequest)[OBJECT];
