// violates rules-stay-pure/entity
export { entity } from './thing.entity.js';
