import { lookup as resolve } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { RoutingConfig } from '../routing.config.js';
import type { Outcome } from './delivery.js';

const TIMEOUT_MS = 10_000;

/** Special-purpose addresses (IANA registries): private, loopback, link-local, carrier-grade NAT, multicast, documentation, tunnels. */
const REFUSED_IPV4 = new BlockList();
/** A list of its own: a list with the range of mapped addresses refuses all of IPv4. */
const REFUSED_IPV6 = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  REFUSED_IPV4.addSubnet(network, bits, 'ipv4');
// ::/96 and ::ffff:0:0/96 carry IPv4 addresses, as do 64:ff9b::/96, 2001::/32 and 2002::/16.
for (const [network, bits] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  REFUSED_IPV6.addSubnet(network, bits, 'ipv6');

/** Whether an address is one of the public Internet. An address with a zone is not. */
export const isPublicAddress = (address: string): boolean => {
  if (isIP(address) === 4) return !REFUSED_IPV4.check(address, 'ipv4');
  return isIP(address) === 6 && !address.includes('%') && !REFUSED_IPV6.check(address, 'ipv6');
};

/** The URL must not lead into the own network. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends requests to addresses that users gave. The name is resolved once, every address it has must be public, and the connection is made
 * to one that was checked, so that a name which resolves to something else a moment later leads nowhere. Redirects are not
 * followed. Hosts in `WEBHOOK_ALLOWED_HOSTS` are not checked, and may be plain http.
 */
@Injectable()
export class GuardedHttp {
  private readonly allowed: ReadonlySet<string>;

  constructor({ webhookAllowedHosts }: RoutingConfig) {
    this.allowed = new Set(webhookAllowedHosts);
  }

  /** @throws RefusedAddress */
  async check(text: string): Promise<void> {
    await this.addressesOf(new URL(text));
  }

  async post({ url: text, headers, body }: Post): Promise<Outcome> {
    try {
      const url = new URL(text);
      const addresses = await this.addressesOf(url);
      const status = await send(url, addresses, headers, body);
      if (status >= 200 && status < 300) return { ok: true, status };
      return {
        ok: false,
        status,
        error: `the receiver answered ${status}`,
        ...(status === 410 && { gone: true }),
      };
    } catch (fault) {
      const error = fault instanceof Error ? fault.message : String(fault);
      return { ok: false, error, ...(fault instanceof RefusedAddress && { final: true }) };
    }
  }

  private async addressesOf(url: URL): Promise<Resolved[] | undefined> {
    if (this.allowed.has(url.host) || this.allowed.has(url.hostname)) return undefined;
    if (url.protocol !== 'https:') throw new RefusedAddress('only https is allowed');
    if (url.username !== '' || url.password !== '')
      throw new RefusedAddress('a URL with a password is refused');
    // A literal is not resolved; IPv6 ones are in brackets.
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const addresses = isIP(host)
      ? [{ address: host, family: isIP(host) }]
      : await resolve(host, { all: true });
    for (const { address } of addresses)
      if (!isPublicAddress(address))
        throw new RefusedAddress(`${url.hostname} is ${address}, which is no address of the public Internet`);
    return addresses;
  }
}

interface Resolved {
  readonly address: string;
  readonly family: number;
}

const send = (
  url: URL,
  addresses: readonly Resolved[] | undefined,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<number> =>
  new Promise((done, failed) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(addresses && { lookup: only(addresses) }),
    });
    request.on('error', failed);
    request.on('response', (response) => {
      done(response.statusCode ?? 0);
      // The answer's body says nothing that is kept.
      response.destroy();
    });
    request.end(body);
  });

/** A lookup that gives the addresses that were checked. */
const only =
  (addresses: readonly Resolved[]): LookupFunction =>
  (_host, options, callback) => {
    if (options.all) callback(null, [...addresses]);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  };
