import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

// OWASP's minimum for scrypt: 2^17, 8, 1 needs 128 MB a login; 2^15 with three rounds is equivalent at 32 MB.
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 } as const;
const BYTES = 32;

const derive = (password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, BYTES, cost, (fault, key) =>
      fault ? reject(fault) : resolve(key),
    ),
  );

/** `scrypt$N$r$p$salt$key`, base64url. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
};

/** Whether the password is the one that was hashed. Takes as long without a hash, so that the time does not show who has an account. */
export const isPassword = async (password: string, hash: string | undefined): Promise<boolean> => {
  const [, N, r, p, salt, key] = (hash ?? (await UNUSABLE)).split('$') as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: COST.maxmem };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(derived, Buffer.from(key, 'base64url')) && hash !== undefined;
};

/** Hash of a random password that is not stored. */
const UNUSABLE = hashPassword(randomBytes(16).toString('hex'));
