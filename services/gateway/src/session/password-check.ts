import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { addressOf } from '../client/client-address.http.js';
import { isPassword } from '../user/password.js';
import { PasswordQueue } from '../user/password-queue.cache.js';
import type { UserAccount } from '../user/user.entity.js';
import { LoginLimits, type CountedTry } from './login-limits.store.js';
import { deviceTokenOf } from './session-cookie.http.js';

/** Checks the password of a signed-in user again: a stolen session must be no way to guess it. */
@Injectable()
export class PasswordCheck {
  constructor(
    private readonly limits: LoginLimits,
    private readonly passwords: PasswordQueue,
  ) {}

  /**
   * @param pointer of the password in the request's body
   * @returns the hash that matched, and the try that was counted for it
   * @throws DomainError `unprocessable` for a wrong password, `too-many`
   */
  async require(
    { email, password: hash }: UserAccount,
    given: { readonly password: string; readonly pointer: string },
    request: FastifyRequest,
  ): Promise<{ hash: string; counted: CountedTry }> {
    const device = deviceTokenOf(request.headers.cookie);
    const counted = await this.limits.begin({ address: addressOf(request), email, device });
    if (hash === null || !(await this.passwords.inTurn(() => isPassword(given.password, hash))))
      throw new DomainError('unprocessable', 'The password is wrong.', {
        errors: [{ pointer: given.pointer, detail: 'is not the current password' }],
      });
    return { hash, counted };
  }
}
