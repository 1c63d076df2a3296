import { DomainError } from '@baton/platform';

/**
 * Max passwords hashed at a time: half of the threads that Node has for hashing, signing, files and names of hosts, so that
 * logins do not delay other requests or connections to the database.
 */
const MAX_RUNNING = 2;
/** Max passwords that wait, about three seconds of work; more are refused at once. */
const MAX_WAITING = 50;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Runs a hash of a password when its turn comes.
 * @throws DomainError `too-many` when too many wait already
 */
export const inTurn = async <Result>(hash: () => Promise<Result>): Promise<Result> => {
  if (running < MAX_RUNNING) running += 1;
  else {
    if (waiting.length >= MAX_WAITING)
      throw new DomainError('too-many', 'Too many people log in at the moment; try again.', {
        retryAfter: 3,
      });
    // The place of the one that ends passes to this one.
    await new Promise<void>((begin) => waiting.push(begin));
  }
  try {
    return await hash();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
};
