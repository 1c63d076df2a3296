interface Connection {
  readonly ip: string;
  readonly headers: Readonly<Partial<Record<string, string | readonly string[]>>>;
}

/**
 * The address of the client. Behind `proxies` reverse proxies of our own it is the one that the outermost of them saw: as many
 * entries from the right of X-Forwarded-For. The client may have forged everything left of it.
 */
export const clientAddressOf = ({ ip, headers }: Connection, proxies: number): string => {
  if (proxies === 0) return ip;
  const seen = [headers['x-forwarded-for'] ?? []].flat().flatMap((list) => list.split(/\s*,\s*/));
  return seen.at(-proxies) ?? ip;
};
