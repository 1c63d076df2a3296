// violates rules-stay-pure/module
export { module } from '../alpha.module.js';
