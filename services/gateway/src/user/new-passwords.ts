import { createRequire } from 'node:module';
import { Database } from '@baton/bus';
import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { hashPassword } from './password.js';
import { PasswordQueue } from './password-queue.cache.js';
import { passwordFault } from './password-rules.js';

// The package is a JSON file.
const require = createRequire(import.meta.url);
/** Some 40,000 of 8 characters or more, in lower case; 4,000 are as long as a new password has to be. */
const common = new Set(require('popular-passwords') as string[]);

export interface NewPassword {
  readonly password: string;
  /** Of the password in the request's body. */
  readonly pointer?: string;
  /** Of the user who gets the password. */
  readonly name: string;
  readonly email: string;
  /** By default the name that is stored. */
  readonly organisation?: string;
}

/** Hashes new passwords, and refuses those that are easy to guess. */
@Injectable()
export class NewPasswords {
  constructor(
    private readonly database: Database,
    private readonly queue: PasswordQueue,
  ) {}

  /** @throws DomainError `unprocessable` for one that is easy to guess, `too-many` */
  async hash({ password, pointer = '/password', ...given }: NewPassword): Promise<string> {
    const organisation = given.organisation ?? (await this.organisationName());
    const detail = passwordFault(password, { ...given, organisation, common });
    if (detail)
      throw new DomainError('unprocessable', `The password ${detail}.`, { errors: [{ pointer, detail }] });
    return this.queue.inTurn(() => hashPassword(password));
  }

  private async organisationName(): Promise<string> {
    const [found] = await this.database.rows<{ name: string }>('select name from organisation');
    return found!.name;
  }
}
