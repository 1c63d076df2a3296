// violates rules-stay-pure/store
export { store } from './thing.store.js';
