import { ServiceConfig } from '@baton/platform';
import { IsString, IsUrl, MinLength } from 'class-validator';

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

  /** The folder with the dashboard's built files. */
  @IsString() dashboardDir!: string;

  /** Lets an administrator in before there is any user. */
  @MinLength(32, { message: 'must have at least 32 characters' }) adminToken!: string;
}
