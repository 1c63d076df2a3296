import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, Matches } from 'class-validator';

export const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer'] as const;

/** `true` or `false`; anything else stays as it is and fails validation. */
const BooleanText = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));

/** Settings of the connection to Kafka: TLS, and the identity of the service. */
export class KafkaSecurityConfig {
  @BooleanText()
  @IsBoolean({ message: 'must be true or false' })
  kafkaTls = false;

  /** PEM file with the certificate authorities of the brokers; default is the system's list. */
  @IsOptional()
  @IsString()
  kafkaTlsCaFile?: string;

  @IsOptional()
  @IsIn(SASL_MECHANISMS)
  kafkaSaslMechanism?: (typeof SASL_MECHANISMS)[number];

  @IsOptional()
  @IsString()
  kafkaSaslUsername?: string;

  @IsOptional()
  @IsString()
  kafkaSaslPassword?: string;

  /** Token endpoint of the OAuth 2.0 client credentials grant; plain HTTP only on the loopback interface. */
  @IsOptional()
  @Matches(/^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/, {
    message: 'must be an https:// URL',
  })
  kafkaOauthTokenUrl?: string;

  @IsOptional()
  @IsString()
  kafkaOauthClientId?: string;

  @IsOptional()
  @IsString()
  kafkaOauthClientSecret?: string;

  @IsOptional()
  @IsString()
  kafkaOauthScope?: string;
}
