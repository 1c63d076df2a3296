import { randomBytes } from 'node:crypto';
import { Database } from '@baton/bus';
import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { Secret } from 'otpauth';
import { hashOf } from '../session/secret-token.js';
import { isOneTimeCode, stepOf } from './one-time-code.js';
import { normalRecoveryCode, RECOVERY_CODE_BYTES, RECOVERY_CODES, recoveryCodeOf } from './recovery-code.js';
import { SecretKeys } from './secret-keys.js';

/** Lifetime of a secret that was shown and not confirmed, ms. */
const UNCONFIRMED_MS = 30 * 60 * 1_000;
/** Bytes of a secret, as long as the hash (RFC 4226, section 4). */
const SECRET_BYTES = 20;

export interface SecondFactorState {
  /** Null: logins need the password only. */
  readonly confirmedAt: Date | null;
  readonly recoveryCodesLeft: number;
}

/** Second factors: one per user at most. */
@Injectable()
export class SecondFactorStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly keys: SecretKeys,
  ) {}

  async stateOf(userId: string): Promise<SecondFactorState> {
    const [state] = await this.database.rows<SecondFactorState>(
      `select confirmed_at as "confirmedAt",
         (select count(*)::int from recovery_codes where user_id = $1) as "recoveryCodesLeft"
       from second_factors where user_id = $1`,
      [userId],
    );
    return state ?? { confirmedAt: null, recoveryCodesLeft: 0 };
  }

  /**
   * A new secret in base32, in place of one that was not confirmed.
   * @throws DomainError `conflict` when the user has a second factor
   */
  async begin(userId: string): Promise<string> {
    const secret = new Secret({ size: SECRET_BYTES }).base32;
    const begun = await this.database.rows(
      `insert into second_factors (user_id, secret, begun_at) values ($1, $2, $3)
       on conflict (user_id) do update set secret = excluded.secret, begun_at = excluded.begun_at
         where second_factors.confirmed_at is null
       returning user_id`,
      [userId, this.keys.seal(secret, userId), this.clock.now()],
    );
    if (begun.length === 0)
      throw new DomainError(
        'conflict',
        'You have a second factor already. Turn it off first to set up another.',
      );
    return secret;
  }

  /**
   * Turns the second factor on, for the first of concurrent requests.
   * @returns the recovery codes; only their hashes are stored
   * @throws DomainError `unprocessable` for a wrong code, `conflict` without a secret to confirm
   */
  async confirm(userId: string, code: string): Promise<readonly string[]> {
    const now = this.clock.now();
    const [open] = await this.database.rows<{ secret: string }>(
      'select secret from second_factors where user_id = $1 and confirmed_at is null and begun_at > $2',
      [userId, new Date(now.getTime() - UNCONFIRMED_MS)],
    );
    if (!open) throw nothingToConfirm();
    const step = stepOf(code, this.keys.open(open.secret, userId), now.getTime());
    if (step === undefined) throw wrongCode();
    const codes = Array.from({ length: RECOVERY_CODES }, () =>
      recoveryCodeOf(randomBytes(RECOVERY_CODE_BYTES)),
    );
    await this.database.transaction(async (tx) => {
      const confirmed = await tx.rows(
        `update second_factors set confirmed_at = $3, used_step = $4
         where user_id = $1 and secret = $2 and confirmed_at is null returning user_id`,
        [userId, open.secret, now, step],
      );
      if (confirmed.length === 0) throw nothingToConfirm();
      await tx.rows('insert into recovery_codes (user_id, code_hash) select $1, unnest($2::bytea[])', [
        userId,
        codes.map(hashOf),
      ]);
    });
    return codes;
  }

  /**
   * Uses a code of the app or a recovery code, each of which is accepted once in all processes.
   * @returns whether it was right
   */
  async use(userId: string, code: string): Promise<boolean> {
    return isOneTimeCode(code) ? this.useOneTimeCode(userId, code) : this.useRecoveryCode(userId, code);
  }

  /** Without a second factor it does nothing. */
  async remove(userId: string): Promise<void> {
    await this.database.rows('delete from second_factors where user_id = $1', [userId]);
  }

  private async useOneTimeCode(userId: string, code: string): Promise<boolean> {
    const [factor] = await this.database.rows<{ secret: string }>(
      'select secret from second_factors where user_id = $1 and confirmed_at is not null',
      [userId],
    );
    const step = factor && stepOf(code, this.keys.open(factor.secret, userId), this.clock.now().getTime());
    if (step === undefined) return false;
    // Of concurrent uses of the same code, the second waits for the row and finds its step used.
    const used = await this.database.rows<object>(
      `with used as (
         update second_factors set used_step = $3 where user_id = $1 and secret = $2 and used_step < $3 returning user_id
       ) select user_id from used`,
      [userId, factor!.secret, step],
    );
    return used.length > 0;
  }

  private async useRecoveryCode(userId: string, code: string): Promise<boolean> {
    const used = await this.database.rows<object>(
      `with used as (
         delete from recovery_codes where user_id = $1 and code_hash = $2 returning user_id
       ) select user_id from used`,
      [userId, hashOf(normalRecoveryCode(code))],
    );
    return used.length > 0;
  }
}

export const wrongCode = (): DomainError =>
  new DomainError(
    'unprocessable',
    'The code is wrong, or was used already. Wait for the next one and try again.',
    {
      errors: [{ pointer: '/code', detail: 'is not a code that is valid now' }],
    },
  );

const nothingToConfirm = (): DomainError =>
  new DomainError(
    'conflict',
    'There is no second factor to confirm, or its setup took too long. Begin again.',
  );
