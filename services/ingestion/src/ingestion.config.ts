import { ServiceConfig } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

const MAX_LIMIT = 1_000_000_000;

/** Requests that may arrive within ten seconds, all processes together; 0 is no limit. */
export class IngestionConfig extends ServiceConfig {
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MAX_LIMIT)
  limitPerSource = 200_000;

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MAX_LIMIT)
  limitPerForm = 20_000;

  /** Of one client address, or one /64 of IPv6. Behind a proxy set TRUSTED_PROXIES as well. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MAX_LIMIT)
  limitPerAddress = 20_000;
}
