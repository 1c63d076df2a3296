import { ServiceConfig } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsInt, IsString, IsUrl, Matches, Max, Min } from 'class-validator';

const IsServiceUrl = (): PropertyDecorator =>
  IsUrl(
    { require_tld: false, protocols: ['http', 'https'], require_protocol: true },
    { message: 'must be the URL of a service' },
  );

export class GatewayConfig extends ServiceConfig {
  @IsServiceUrl() ingestionUrl!: string;
  @IsServiceUrl() scoringUrl!: string;
  @IsServiceUrl() routingUrl!: string;
  @IsServiceUrl() reportingUrl!: string;

  /** Where a service behind the gateway is reached. */
  urlOf(service: 'ingestion' | 'scoring' | 'routing' | 'reporting'): string {
    return this[`${service}Url`];
  }

  /** The folder with the dashboard's built files. */
  @IsString() dashboardDir!: string;

  /** Lets an administrator in before there is any user. */
  @Matches(/^[\w-]{32,512}$/, { message: 'must be 32 to 512 letters, digits, - or _' })
  adminToken!: string;

  /** Reverse proxies of one's own in front; whom they saw is asked of X-Forwarded-For. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(10)
  trustedProxies = 0;
}
