import { Logger, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { RefreshedCache } from './refreshed.cache.js';
import { SourceStore, type KnownKey, type SourceSettings } from './source.store.js';
import { hashOf } from './write-key.store.js';

const MAX_PLAIN_KEYS = 1_000;

interface Sources {
  readonly byId: ReadonlyMap<string, SourceSettings>;
  /** By hash of the write key, hexadecimal. */
  readonly byKey: ReadonlyMap<string, KnownKey>;
  /** By write key, of keys used since the last read: spares hashing the same one for every request. */
  readonly plain: Map<string, KnownKey>;
}

/** All sources and write keys in memory. */
@Injectable()
export class SourceCache {
  private readonly sources: RefreshedCache<Sources>;

  constructor(store: SourceStore, shutdown: Shutdown, logger: Logger) {
    this.sources = new RefreshedCache(
      async () => ({ ...(await store.all()), plain: new Map() }),
      shutdown,
      logger,
    );
  }

  /** A write key, which may have ended, with its source; reads the tables again before a key is called unknown. */
  async withKey(writeKey: string): Promise<KnownKey | undefined> {
    return withKey(this.sources.content, writeKey) ?? withKey(await this.sources.refreshed(), writeKey);
  }

  /** The source with this id, which a form names. */
  async withId(id: string): Promise<SourceSettings | undefined> {
    return this.sources.content?.byId.get(id) ?? (await this.sources.refreshed()).byId.get(id);
  }

  async refresh(): Promise<void> {
    await this.sources.refreshed();
  }
}

const withKey = (sources: Sources | undefined, writeKey: string): KnownKey | undefined => {
  const known = sources?.plain.get(writeKey);
  if (!sources || known !== undefined) return known;
  const found = sources.byKey.get(hashOf(writeKey).toString('hex'));
  if (found !== undefined && sources.plain.size < MAX_PLAIN_KEYS) sources.plain.set(writeKey, found);
  return found;
};
