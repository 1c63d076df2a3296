/** Follows redirects as a browser does, with the cookies of its own. Cookies of all ports are one's, as in a browser. */
export class Browser {
  readonly cookies = new Map<string, string>();

  async get(url: string): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: cookie ? { cookie } : {} });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = set.split(';', 1)[0]!.split(/=(.*)/s);
      if (value === '' || /max-age=0(;|$)|expires=thu, 01 jan 1970/i.test(set)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** @returns the first address that `isEnd` finds, or that does not redirect */
  async follow(url: string, isEnd: (url: string) => boolean): Promise<string> {
    let at = url;
    for (let redirects = 0; redirects < 12 && !isEnd(at); redirects += 1) {
      const response = await this.get(at);
      await response.body?.cancel();
      const next = response.headers.get('location');
      if (next === null) return at;
      at = new URL(next, at).href;
    }
    return at;
  }
}
