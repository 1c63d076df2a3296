import type { FastifyRequest } from 'fastify';
import { isSecure } from '../session/session-cookie.http.js';

interface PublicConfig {
  readonly publicUrl?: string;
}

/**
 * Address of the gateway for the provider. That of the request would do no harm when forged: the provider redirects to registered
 * addresses only.
 */
export const publicAddressOf = ({ publicUrl }: PublicConfig, request: FastifyRequest): string =>
  publicUrl?.replace(/\/+$/, '') ?? `${isSecure(request) ? 'https' : 'http'}://${request.host}`;

export const callbackOf = (config: PublicConfig, request: FastifyRequest): string =>
  `${publicAddressOf(config, request)}/api/oidc/callback`;
