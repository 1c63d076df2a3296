/** What a form allows after it was sent. */
export interface Redirects {
  /** Where visitors go unless the form says otherwise. */
  readonly redirectTo: string | null;
  /** Hosts (with port where it is not the usual one) that a form's `_redirect` may name. */
  readonly allowedRedirects: readonly string[];
}

/**
 * Where to send the visitor: what the form asked for if its host is on the list, else the form's own page, else nowhere.
 * An address that is not on the list is not followed, or anybody could lend our name to their page.
 */
export const redirectOf = (asked: string | undefined, form: Redirects): string | undefined => {
  const target = asked === undefined ? undefined : webAddress(asked);
  if (target && (form.allowedRedirects.includes(target.host) || target.host === hostOf(form.redirectTo)))
    return target.href;
  return form.redirectTo ?? undefined;
};

const hostOf = (address: string | null): string | undefined =>
  address === null ? undefined : webAddress(address)?.host;

const webAddress = (text: string): URL | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
    ? url
    : undefined;
};
