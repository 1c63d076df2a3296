import { AcceptThing } from './accept-thing.js';
import { store } from './thing.store.js';
export const allowed = [AcceptThing, store];
