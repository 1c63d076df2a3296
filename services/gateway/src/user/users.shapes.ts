import { IsInstant, IsUuid, Nested, Optional } from '@baton/contracts';
import { Nullable, ROLES, type Role } from '@baton/platform';
import { IsBoolean, IsEmail, IsIn, IsString, IsUrl, MaxLength, MinLength, ValidateBy } from 'class-validator';
import { isLegibleEmail } from './email-address.js';
import { isReadableName } from './person-name.js';
import type { UserAccount } from './user.entity.js';

const MIN_PASSWORD = 12;
const MAX_TEXT = 256;
const MAX_EMAIL = 320;
const STATES = ['active', 'invited', 'disabled'] as const;

/** The rules of a new password. */
export const IsNewPassword = (): PropertyDecorator => (target, property) => {
  [IsString(), MinLength(MIN_PASSWORD), MaxLength(MAX_TEXT)].forEach((check) => check(target, property));
};

/** The rules of a name of a person or a token. */
export const IsName = (): PropertyDecorator => (target, property) => {
  const readable = {
    name: 'isName',
    validator: {
      validate: (name: unknown) => typeof name !== 'string' || isReadableName(name),
      defaultMessage: () => 'must be one line of text without invisible characters',
    },
  };
  [IsString(), MinLength(1), MaxLength(MAX_TEXT), ValidateBy(readable)].forEach((check) =>
    check(target, property),
  );
};

/** The rules of the address of a new user. */
export const IsNewEmail = (): PropertyDecorator => (target, property) => {
  const legible = {
    name: 'isNewEmail',
    validator: {
      validate: (email: unknown) => typeof email !== 'string' || isLegibleEmail(email),
      defaultMessage: () =>
        'must not have invisible characters, quotes, or letters of several alphabets in one part',
    },
  };
  [IsEmail(), MaxLength(MAX_EMAIL), ValidateBy(legible)].forEach((check) => check(target, property));
};

export class InviteRequest {
  /** An id that another system, or a seller of routing, uses already; generated when absent. */
  @Optional() @IsUuid() readonly id?: string;
  @IsNewEmail() readonly email!: string;
  @IsName() readonly name!: string;
  @IsIn(ROLES) readonly role!: Role;
}

export class CreateUserRequest extends InviteRequest {
  @IsNewPassword() readonly password!: string;
}

export class ChangeUserRequest {
  @IsName() readonly name!: string;
  @IsIn(ROLES) readonly role!: Role;
}

export class UserResponse {
  @IsUuid() readonly id!: string;
  @IsEmail() readonly email!: string;
  @IsString() readonly name!: string;
  @IsIn(ROLES) readonly role!: Role;
}

/** A user as administrators see them. */
export class UserDetailsResponse extends UserResponse {
  /** `invited` until a password was set, or a login by OpenID Connect; a `disabled` user cannot log in. */
  @IsIn(STATES) readonly state!: (typeof STATES)[number];
  @IsInstant() readonly createdAt!: string;
  /** Last login or use of a session, to within ten minutes. */
  @Nullable() @IsInstant() readonly lastSeenAt!: string | null;
}

/** A user who was disabled. */
export class DisabledUserResponse extends UserDetailsResponse {
  /** Whether routing still offers leads to this person, until `PUT /api/sellers/{id}` says otherwise; null when it did not respond. */
  @Nullable() @IsBoolean() readonly getsLeads!: boolean | null;
}

/** Shown this once: only a hash of its secret is stored. */
export class PasswordLinkResponse {
  @IsUrl() readonly url!: string;
  @IsInstant() readonly expiresAt!: string;
}

export class InvitationResponse {
  @Nested(() => UserDetailsResponse) readonly user!: UserDetailsResponse;
  @Nested(() => PasswordLinkResponse) readonly link!: PasswordLinkResponse;
}

export const toResponse = ({ id, email, name, role }: UserAccount): UserResponse => ({
  id,
  email,
  name,
  role,
});

export const toDetails = (account: UserAccount): UserDetailsResponse => ({
  ...toResponse(account),
  state: stateOf(account),
  createdAt: account.createdAt.toISOString(),
  lastSeenAt: account.lastSeenAt?.toISOString() ?? null,
});

const stateOf = ({ disabledAt, password, subject }: UserAccount): UserDetailsResponse['state'] => {
  if (disabledAt) return 'disabled';
  return password === null && subject === null ? 'invited' : 'active';
};
