import { IsInstant } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { IsBoolean, IsInt, IsString, Matches, MaxLength } from 'class-validator';

/** A code of an authenticator app or a recovery code, as typed. */
const IsCode = (): PropertyDecorator => (target, property) => {
  [IsString(), MaxLength(64), Matches(/\S/)].forEach((check) => check(target, property));
};

export class BeginSecondFactorRequest {
  @IsString() @MaxLength(256) readonly password!: string;
}

export class CodeRequest {
  /** Six digits of the authenticator app, or a recovery code. */
  @IsCode() readonly code!: string;
}

export class LoginCodeRequest extends CodeRequest {
  /** `challenge` of the answer to the password. */
  @Matches(/^[\w-]{20,512}$/) readonly challenge!: string;
}

export class RemoveSecondFactorRequest extends CodeRequest {
  @IsString() @MaxLength(256) readonly password!: string;
}

export class SecondFactorResponse {
  /** Whether logins with the password need a code. */
  @IsBoolean() readonly on!: boolean;
  @Nullable() @IsInstant() readonly confirmedAt!: string | null;
  @IsInt() readonly recoveryCodesLeft!: number;
  /** Whether the user has a password; logins by OpenID Connect have the second factor of their provider. */
  @IsBoolean() readonly available!: boolean;
}

/** Shown until it is confirmed, never again. */
export class NewSecondFactorResponse {
  /** Base32, to type into an authenticator app. */
  @IsString() readonly secret!: string;
  /** The same as an `otpauth:` address, for a QR code. */
  @IsString() readonly uri!: string;
}

/** Shown this once: only their hashes are stored. */
export class RecoveryCodesResponse {
  @IsString({ each: true }) readonly codes!: string[];
}
