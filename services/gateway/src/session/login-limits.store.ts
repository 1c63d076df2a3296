import { createHash } from 'node:crypto';
import { clientOf, DomainError, ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { KnownDeviceStore } from './known-device.store.js';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** Max tries that did not succeed, and the window they are counted in, seconds. The windows begin with the first try. */
const LIMITS = {
  /** One network for one account. */
  pair: [10, 15 * MINUTE],
  /** A fifth of what the account has, so that one network alone cannot use it up. */
  pairDay: [20, DAY],
  /** One network for all accounts: a list of accounts, and the CPU time of hashing. */
  network: [300, 15 * MINUTE],
  /** One account over all networks; a guesser with many addresses has a hundred tries a day. */
  account: [30, 15 * MINUTE],
  accountDay: [100, DAY],
  /** A browser that has logged in to the account before; beyond, it is treated as any other. */
  device: [10, 15 * MINUTE],
} as const;
type Limit = keyof typeof LIMITS;

export interface LoginTry {
  readonly address: string;
  /** As `normalEmail` makes it. */
  readonly email: string;
  /** Token of the cookie of a known browser. */
  readonly device: string | undefined;
}

/** A try that is counted as one that failed, until one of these is called. */
export interface CountedTry {
  /** The login is complete: earlier failures of this network or browser are forgotten. */
  readonly succeeded: () => Promise<void>;
  /** The password was right, and that is not a login: earlier failures remain, or a known password would reset the tries of codes. */
  readonly passed: () => Promise<void>;
}

/**
 * Limits guesses of passwords and of codes; the counts are shared by all processes. A browser that has logged in to the account before has a
 * count of its own: tries of others, even from the same office, cannot lock its user out.
 */
@Injectable()
export class LoginLimits {
  private readonly limiters: Readonly<Record<Limit, RateLimiterPostgres>>;

  /** The counts use the pool of reads: a flood of tries leaves the one of sessions alone. */
  constructor(
    database: ReadDatabase,
    private readonly devices: KnownDeviceStore,
  ) {
    const limiterOf = (name: Limit): RateLimiterPostgres =>
      new RateLimiterPostgres({
        storeClient: database.source,
        storeType: 'typeorm',
        tableName: 'login_limits',
        tableCreated: true,
        keyPrefix: name,
        points: LIMITS[name][0],
        duration: LIMITS[name][1],
        // One sweep of expired rows is enough: the limits share the table.
        clearExpiredByTimeout: name === 'pair',
        // A flood of one network costs no queries; such a network is the same to all processes.
        ...(name === 'network' && { inMemoryBlockOnConsumed: LIMITS.network[0] + 1 }),
      });
    this.limiters = {
      pair: limiterOf('pair'),
      pairDay: limiterOf('pairDay'),
      network: limiterOf('network'),
      account: limiterOf('account'),
      accountDay: limiterOf('accountDay'),
      device: limiterOf('device'),
    };
  }

  /**
   * Counts a try. To be called before the password is checked: concurrent tries must not all pass before the first has failed.
   * @throws DomainError `too-many` with the seconds to wait
   */
  async begin({ address, email, device }: LoginTry): Promise<CountedTry> {
    if (device !== undefined && (await this.devices.isKnown(device, email))) {
      const key = keyOf(device, email);
      if ((await this.count('device', key)) === undefined)
        return {
          succeeded: () => this.forget('device', key),
          passed: () => this.giveBack('device', key),
        };
    }
    const network = clientOf(address);
    const account = keyOf(email);
    const pair = keyOf(network, email);
    // A try that one limit refuses is not counted by the next: one account's guesser locks neither the network nor the account.
    for (const [limit, key] of [
      ['pair', pair],
      ['pairDay', pair],
      ['network', keyOf(network)],
      ['account', account],
      ['accountDay', account],
    ] as const) {
      const seconds = await this.count(limit, key);
      if (seconds !== undefined) throw tooMany(seconds);
    }
    const uncount = async (): Promise<void> => {
      await this.giveBack('pairDay', pair);
      await this.giveBack('network', keyOf(network));
      await this.giveBack('account', account);
      await this.giveBack('accountDay', account);
    };
    return {
      succeeded: async () => {
        await this.forget('pair', pair);
        await uncount();
      },
      passed: async () => {
        await this.giveBack('pair', pair);
        await uncount();
      },
    };
  }

  /**
   * Counts a try of a login whose account is not known yet, by its network.
   * @returns to be called when it succeeded
   * @throws DomainError `too-many`
   */
  async beginFrom(address: string): Promise<() => Promise<void>> {
    const network = keyOf(clientOf(address));
    const seconds = await this.count('network', network);
    if (seconds !== undefined) throw tooMany(seconds);
    return () => this.giveBack('network', network);
  }

  /** @returns the seconds to wait when the limit is reached */
  private async count(limit: Limit, key: string): Promise<number | undefined> {
    try {
      await this.limiters[limit].consume(key);
      return undefined;
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
    }
  }

  private async giveBack(limit: Limit, key: string): Promise<void> {
    await this.limiters[limit].reward(key);
  }

  private async forget(limit: Limit, key: string): Promise<void> {
    await this.limiters[limit].delete(key);
  }
}

/** A hash, since keys are limited in length and the table needs no addresses of people. */
const keyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

const tooMany = (retryAfter: number): DomainError =>
  new DomainError('too-many', 'Too many tries to log in; try again later.', { retryAfter });
