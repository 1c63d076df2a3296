/**
 * The link to write to an address. Addresses are what somebody typed into a form: a `?` or `&` that is not encoded could add
 * recipients or a text to the message (RFC 6068).
 */
export const mailtoOf = (address: string): string =>
  `mailto:${encodeURIComponent(address).replaceAll('%40', '@')}`;
