import { ApiResponseShape, CurrentUser, Roles, User } from '@baton/platform';
import { Body, Controller, Post } from '@nestjs/common';
import { WhatIf } from './what-if.js';
import { WhatIfRequest } from './what-if.request.js';
import { WhatIfResponse } from './what-if.response.js';

@Controller('routing')
export class WhatIfHttp {
  constructor(private readonly whatIf: WhatIf) {}

  /** Who would have got the leads of a period under a draft of rules or with other sellers; nothing changes. */
  @Post('what-if')
  @Roles('manager', 'operations', 'admin')
  @ApiResponseShape(WhatIfResponse)
  run(@Body() request: WhatIfRequest, @CurrentUser() user: User): Promise<WhatIfResponse> {
    return this.whatIf.run(user, request);
  }
}
