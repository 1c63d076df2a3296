interface Connection {
  readonly ip: string;
  readonly headers: Readonly<Partial<Record<string, string | readonly string[]>>>;
}

/**
 * The address of the client. Behind `proxies` reverse proxies of our own it is the `proxies`-th entry of X-Forwarded-For from the
 * right, written by the outermost of them; the client can forge the entries left of it.
 */
export const clientAddressOf = ({ ip, headers }: Connection, proxies: number): string => {
  if (proxies === 0) return ip;
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().flatMap((list) => list.split(/\s*,\s*/));
  return forwarded.at(-proxies) ?? ip;
};
