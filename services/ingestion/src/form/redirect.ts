/** The redirects a form allows after submission. */
export interface Redirects {
  /** Default target. */
  readonly redirectTo: string | null;
  /** Hosts (with port where it is not the usual one) that a form's `_redirect` may name. */
  readonly allowedRedirects: readonly string[];
}

/**
 * The redirect target: the requested one if its host is allowed, else the form's default, if any. Other hosts are refused because
 * an open redirect lends our domain to phishing pages.
 */
export const redirectOf = (requested: string | undefined, form: Redirects): string | undefined => {
  const target = requested === undefined ? undefined : webAddress(requested);
  if (target && (form.allowedRedirects.includes(target.host) || target.host === hostOf(form.redirectTo)))
    return target.href;
  // As a URL in ASCII: a header has no other characters.
  return form.redirectTo === null ? undefined : webAddress(form.redirectTo)?.href;
};

const hostOf = (address: string | null): string | undefined =>
  address === null ? undefined : webAddress(address)?.host;

const webAddress = (text: string): URL | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
    ? url
    : undefined;
};
