// violates rules-stay-pure/store
import type { store } from './thing.store.js';
export type Store = typeof store;
