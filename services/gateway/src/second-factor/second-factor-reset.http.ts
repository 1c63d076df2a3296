import { ApiResponseShape, Roles, UuidPipe } from '@baton/platform';
import { Controller, Delete, Injectable, Param } from '@nestjs/common';
import { SecondFactorStore } from './second-factor.store.js';

/** For a user who lost both the device and the recovery codes. */
@Injectable()
@Roles('admin')
@Controller('api/users/:id/second-factor')
export class SecondFactorResetHttp {
  constructor(private readonly factors: SecondFactorStore) {}

  /** The user logs in with the password only and can set up another. Nobody can read the secret. */
  @Delete()
  @ApiResponseShape()
  async reset(@Param('id', UuidPipe) id: string): Promise<void> {
    await this.factors.remove(id);
  }
}
