declare module 'email-providers' {
  /** Domains of mail providers, in lower case. */
  const domains: readonly string[];
  export = domains;
}

declare module 'role-based-email-addresses' {
  /** Local parts of addresses, in lower case. */
  const mailboxes: readonly string[];
  export = mailboxes;
}
