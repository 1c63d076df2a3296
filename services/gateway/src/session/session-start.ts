import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addressOf } from '../client/client-address.http.js';
import { KnownDeviceStore } from './known-device.store.js';
import { deviceTokenOf, sendDevice, sendSession, sessionTokenOf } from './session-cookie.http.js';
import { SessionStore, type NewSession } from './session.store.js';

/** Begins the session of a login that is complete: in place of the browser's former one, which ends. */
@Injectable()
export class SessionStart {
  constructor(
    private readonly sessions: SessionStore,
    private readonly devices: KnownDeviceStore,
  ) {}

  /** @throws DomainError `unauthenticated` when the account was changed since the login was checked */
  async begin(
    login: Pick<NewSession, 'userId' | 'password' | 'idToken'>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { cookie, 'user-agent': userAgent } = request.headers;
    const token = await this.sessions.open({ ...login, userAgent, address: addressOf(request) });
    const replaced = sessionTokenOf(cookie);
    if (replaced) await this.sessions.close(replaced);
    sendSession(request, reply, token);
    // The limits on passwords know the browsers that logged in with one.
    if (login.password !== undefined)
      sendDevice(request, reply, await this.devices.remember(login.userId, deviceTokenOf(cookie)));
  }
}
