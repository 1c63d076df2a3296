/** Placeholder of the nonce in the dashboard's index.html (`html.cspNonce` in its vite.config.ts). */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** Allows the site's own files and API only. The component library writes style elements, with the nonce. */
export const pagePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
