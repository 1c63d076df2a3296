// violates rules-stay-pure/cache
export { cache } from './thing.cache.js';
