import { Injectable } from '@nestjs/common';
import { store } from './thing.store.js';

// A use case: injectable, without a suffix.
@Injectable()
export class AcceptThing {
  readonly store = store;
}
