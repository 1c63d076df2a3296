import { Logger } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { RefreshedCache } from './refreshed.cache.js';
import { hashOf, SourceStore } from './source.store.js';

const MAX_PLAIN_KEYS = 1_000;

interface Keys {
  /** Source id by hash of the write key, hexadecimal. */
  readonly sources: ReadonlyMap<string, string>;
  /** Source id by write key, of keys used since the last read: spares hashing the same one for every request. */
  readonly plain: Map<string, string>;
}

/** All write keys in memory. */
@Injectable()
export class SourceCache {
  private readonly keys: RefreshedCache<Keys>;

  constructor(sources: SourceStore, logger: Logger) {
    this.keys = new RefreshedCache(
      async () => ({ sources: await sources.keys(), plain: new Map<string, string>() }),
      logger,
    );
  }

  /** The id of the source with this write key; reads the table again before a key is called unknown. */
  async sourceOf(writeKey: string): Promise<string | undefined> {
    return sourceIn(this.keys.content, writeKey) ?? sourceIn(await this.keys.refreshed(), writeKey);
  }

  async refresh(): Promise<void> {
    await this.keys.refreshed();
  }
}

const sourceIn = (keys: Keys | undefined, writeKey: string): string | undefined => {
  const known = keys?.plain.get(writeKey);
  if (!keys || known !== undefined) return known;
  const sourceId = keys.sources.get(hashOf(writeKey).toString('hex'));
  if (sourceId !== undefined && keys.plain.size < MAX_PLAIN_KEYS) keys.plain.set(writeKey, sourceId);
  return sourceId;
};
