/** What to tell people whose login at the provider was refused, by the reason in the address. */
const TEXTS: Readonly<Record<string, string>> = {
  unavailable:
    'The sign-in service could not be reached. Try again in a minute, or sign in with a password if you have one.',
  'refused-by-provider': 'The sign-in was cancelled, or the sign-in service refused it.',
  expired: 'The sign-in took too long, or began in another browser. Sign in again.',
  'too-many': 'There were too many tries from your network. Try again in a quarter of an hour.',
  email:
    'The sign-in service did not send a verified e-mail address of yours. Ask your administrator to look at your account there.',
  'no-role':
    'None of your groups has access to Baton. Ask your administrator to put you into one that has, and sign in again.',
  disabled: 'Your account is disabled. Ask an administrator to enable it.',
  taken:
    'There is an account with your e-mail address that belongs to another identity. Ask an administrator to remove its identity, or sign in with its password.',
  'last-administrator':
    'Your groups would take away the last administrator. Make another user an administrator first, or restore your group.',
};
const INVALID =
  'The answer of the sign-in service was not valid. Sign in again; if it stays so, tell your administrator.';

/** @param reason as the gateway writes it; anything else is an answer that is not valid */
export const refusalText = (reason: string | null): string =>
  (reason !== null && Object.hasOwn(TEXTS, reason) ? TEXTS[reason] : undefined) ?? INVALID;
