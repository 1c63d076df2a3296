import { List, ServiceConfig } from '@baton/platform';
import { IsOptional, IsUrl, Matches, ValidateIf } from 'class-validator';

/** What routing decides by is in the policy both teams sign; the settings are about how people are told. */
export class RoutingConfig extends ServiceConfig {
  /** Mail server for notices, such as `smtp://user:password@mail.example:587`; without it there is no e-mail. */
  @IsOptional()
  @Matches(/^smtps?:\/\/\S+$/, { message: 'must be smtp://… or smtps://…' })
  smtpUrl?: string;

  /** Sender of notices, such as `Baton <baton@company.example>`. */
  @ValidateIf(({ smtpUrl }: RoutingConfig) => smtpUrl !== undefined)
  @Matches(/^[^\r\n]*@[^\r\n]+$/, { message: 'must be the sender of e-mails when SMTP_URL is set' })
  smtpFrom?: string;

  /** Address of the gateway as browsers see it, for links in notices. */
  @ValidateIf(
    ({ smtpUrl, slackSigningSecret, publicUrl }: RoutingConfig) =>
      smtpUrl !== undefined || slackSigningSecret !== undefined || publicUrl !== undefined,
  )
  @IsUrl(
    { require_tld: false, protocols: ['http', 'https'], require_protocol: true },
    { message: 'must be the URL of the gateway as browsers see it, for links in notices' },
  )
  publicUrl?: string;

  /** Signs links in e-mails and values of Slack's buttons; without it notices have neither. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{32,512}$/, { message: 'must have 32 characters or more' })
  noticeSecret?: string;

  /** Of the Slack app whose buttons call back; without it its calls are refused. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{16,256}$/, { message: 'must be the signing secret of the Slack app' })
  slackSigningSecret?: string;

  /** Hosts of webhooks, with or without port, that may be private or plain http. */
  @List()
  @Matches(/^[^\s/]+$/, {
    each: true,
    message: 'must be hosts, separated by commas, such as hooks.internal:8080',
  })
  webhookAllowedHosts: string[] = [];
}
