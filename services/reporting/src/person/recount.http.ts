import { Nullable, ApiResponseShape, Roles } from '@baton/platform';
import { Optional } from '@baton/contracts';
import { Body, Controller, HttpCode, Injectable, Post } from '@nestjs/common';
import { IsBoolean, IsInt, IsUUID } from 'class-validator';
import { RecountStore, type Recounted } from './recount.store.js';

export class RecountRequest {
  /** `next` of the step before. */
  @Optional() @IsUUID() readonly after?: string;
  /** Derives again what differs. */
  @Optional() @IsBoolean() readonly mend?: boolean;
}

export class RecountResponse implements Recounted {
  /** Leads compared in this step. */
  @IsInt() readonly leads!: number;
  /** People whose stored row differs from the facts. */
  @IsInt() readonly people!: number;
  /** Paths that differ. */
  @IsInt() readonly paths!: number;
  /** To be sent as `after` of the next step; null after the last. */
  @Nullable() @IsUUID() readonly next!: string | null;
}

/** Proves that the reports count what the facts say. */
@Injectable()
@Roles('operations', 'admin')
@Controller('reports/recount')
export class RecountHttp {
  constructor(private readonly recounts: RecountStore) {}

  /** Compares the next leads with their facts, in the order of their ids. */
  @Post()
  @HttpCode(200)
  @ApiResponseShape(RecountResponse)
  step(@Body() { after, mend }: RecountRequest): Promise<RecountResponse> {
    return this.recounts.step(after, mend);
  }
}
