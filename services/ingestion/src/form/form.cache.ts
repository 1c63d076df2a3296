import { Logger, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { RefreshedCache } from '../source/refreshed.cache.js';
import { FormStore, type Form } from './form.store.js';

/** All forms in memory, by id. */
@Injectable()
export class FormCache {
  private readonly forms: RefreshedCache<ReadonlyMap<string, Form>>;

  constructor(forms: FormStore, shutdown: Shutdown, logger: Logger) {
    this.forms = new RefreshedCache(() => forms.all(), shutdown, logger);
  }

  /** The form of this id; reads the table again before an id is called unknown. */
  async formOf(id: string): Promise<Form | undefined> {
    return this.forms.content?.get(id) ?? (await this.forms.refreshed()).get(id);
  }

  async refresh(): Promise<void> {
    await this.forms.refreshed();
  }
}
