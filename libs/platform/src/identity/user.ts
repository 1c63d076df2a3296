import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/**
 * What a user may do: `marketing` and `seller` their part of the loop, `manager` runs the sellers, `operations` defines stages, scores
 * and routes and connects sources, `viewer` only reads, `admin` does everything.
 */
export const ROLES = ['marketing', 'seller', 'manager', 'operations', 'viewer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Those whose people decide about leads, hand-offs and deals. */
export const LEAD_DECIDERS: readonly Role[] = ['seller', 'manager', 'admin'];

/** A person has a session, a program an API token. */
export const KINDS_OF_USER = ['person', 'program'] as const;

/** Ids of sellers, at most `MAX_LED_SELLERS`, or all of them. */
export type LedSellers = 'all' | readonly string[];

/** They travel in a header, encoded twice: 52 bytes each. */
export const MAX_LED_SELLERS = 1_000;
/** `headerLimit` of a service that gets them, bytes. */
export const IDENTITY_HEADER_LIMIT = 16 * 1024 + MAX_LED_SELLERS * 52;

/** The authenticated user. A class, so that it can be the type of a decorated parameter. */
export class User {
  readonly id!: string;
  readonly name!: string;
  readonly role!: Role;
  readonly kind!: (typeof KINDS_OF_USER)[number];
  /** Of a manager: whose leads they see, the sellers of the teams they lead; `all` when nobody else leads a team. */
  readonly leads?: LedSellers;
}

const PUBLIC = 'baton:public';
const ALLOWED_ROLES = 'baton:roles';
const USER = Symbol('user');

/** Makes a route, or all routes of a controller, accessible without authentication. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);

/** Restricts access to these roles; other authenticated users get 403. */
export const Roles = (...roles: readonly Role[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ALLOWED_ROLES, roles);

/** The user of the request: `@CurrentUser() user: User`. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext) =>
  userOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

type Request = FastifyRequest & { [USER]?: User };

/** Sets the user of a request; the guard asks for no token then. */
export const rememberUser = (request: FastifyRequest, user: User): void => {
  (request as Request)[USER] = user;
};

/** The authenticated user, for hooks and streams that have only the request. */
export const userOf = (request: FastifyRequest): User | undefined => (request as Request)[USER];

/** Required access of a route. Decorators of the method override those of the controller. */
export const accessOf = (
  handler: object,
  controller: object,
): 'public' | 'authenticated' | readonly Role[] => {
  for (const target of [handler, controller]) {
    const roles = Reflect.getMetadata(ALLOWED_ROLES, target) as readonly Role[] | undefined;
    if (roles) return roles;
    if (Reflect.getMetadata(PUBLIC, target)) return 'public';
  }
  return 'authenticated';
};
