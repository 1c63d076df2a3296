import { Logger } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { FormStore, type Form } from '../form/form.store.js';
import { hashOf, SourceStore } from './source.store.js';

/** What another process took away stops working here after this long. */
const FRESH_FOR_MS = 5_000;
/** Strangers' keys make at most this many reads of the tables: one each so often. */
const READ_EVERY_MS = 100;
const MAX_REMEMBERED = 1_000;

/**
 * All sources and forms in memory, so that an event costs no query, and so that the door stays open while the database
 * is away. What is not found is looked for once more in the tables before it is called unknown.
 */
@Injectable()
export class SourceDirectory {
  private keys: ReadonlyMap<string, string> = new Map();
  private forms: ReadonlyMap<string, Form> = new Map();
  /** Write keys seen since the last read, in plain: spares hashing the same one for every request. */
  private readonly remembered = new Map<string, string>();
  private readAt = Number.NEGATIVE_INFINITY;
  private next: Promise<void> | undefined;

  constructor(
    private readonly sources: SourceStore,
    private readonly formStore: FormStore,
    private readonly logger: Logger,
  ) {}

  /** The id of the source with this write key, from memory alone. */
  sourceOf(writeKey: string): string | undefined {
    this.keepFresh();
    const remembered = this.remembered.get(writeKey);
    if (remembered !== undefined) return remembered;
    const sourceId = this.keys.get(hashOf(writeKey).toString('hex'));
    if (sourceId !== undefined && this.remembered.size < MAX_REMEMBERED)
      this.remembered.set(writeKey, sourceId);
    return sourceId;
  }

  /** The form of this id, from memory alone. */
  formOf(formId: string): Form | undefined {
    this.keepFresh();
    return this.forms.get(formId);
  }

  /** Resolves when everything written before this call is known here. */
  refreshed(): Promise<void> {
    return (this.next ??= this.readNext());
  }

  private async readNext(): Promise<void> {
    await pause(Math.max(0, this.readAt + READ_EVERY_MS - performance.now()));
    // Who comes from now on may ask for something this read misses.
    this.next = undefined;
    this.readAt = performance.now();
    const [keys, forms] = await Promise.all([this.sources.keys(), this.formStore.all()]);
    this.keys = keys;
    this.forms = forms;
    this.remembered.clear();
  }

  private keepFresh(): void {
    if (performance.now() - this.readAt < FRESH_FOR_MS) return;
    this.refreshed().catch((err: unknown) =>
      this.logger.warn({ err }, 'sources could not be read; going on with the ones known'),
    );
  }
}
