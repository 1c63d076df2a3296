import { ApiResponseShape, Roles, UuidPipe } from '@baton/platform';
import { Controller, Delete, Injectable, Param } from '@nestjs/common';
import { LinkedAccountStore } from './linked-account.store.js';

/** For a user who has another identity at the provider now, or another provider. */
@Injectable()
@Roles('admin')
@Controller('api/users/:id/identity')
export class IdentityHttp {
  constructor(private readonly accounts: LinkedAccountStore) {}

  /** The next login by OpenID Connect with the same verified address links the account anew. */
  @Delete()
  @ApiResponseShape()
  async unlink(@Param('id', UuidPipe) id: string): Promise<void> {
    await this.accounts.unlink(id);
  }
}
