import { IsIdentityPrivateKey, List } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { OpenIdConnectConfig } from './openid-connect/openid-connect.config.js';
import { IsSealingKeys } from './second-factor/second-factor.config.js';
import { IsWebAddress } from './web-address.config.js';

const IsServiceUrl = (): PropertyDecorator => IsWebAddress('must be the URL of a service');

export class GatewayConfig extends OpenIdConnectConfig {
  @IsServiceUrl() ingestionUrl!: string;
  @IsServiceUrl() scoringUrl!: string;
  @IsServiceUrl() routingUrl!: string;
  @IsServiceUrl() reportingUrl!: string;

  /** URL of a service behind the gateway. */
  urlOf(service: 'ingestion' | 'scoring' | 'routing' | 'reporting'): string {
    return this[`${service}Url`];
  }

  /** The folder with the dashboard's built files. */
  @IsString() dashboardDir!: string;

  /** Address at which web sites and servers of customers reach ingestion; shown in the dashboard. */
  @IsOptional()
  @IsWebAddress('must be the URL of ingestion as seen from the internet')
  publicIngestionUrl?: string;

  /** Signs identities; only the gateway has it. Its public half is one of `identityPublicKeys`. */
  @IsIdentityPrivateKey()
  identityPrivateKey!: string;

  /** Encrypt the secrets of second factors: the first does, all decrypt. Several while a key is being replaced. */
  @List()
  @IsSealingKeys()
  secondFactorKeys!: string[];

  /** API token with the role admin, for the time before there is a user. */
  @Matches(/^[\w-]{32,512}$/, { message: 'must be 32 to 512 letters, digits, - or _' })
  adminToken!: string;

  /** Days that the audit log is kept. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(36_500)
  auditRetentionDays = 730;
}
