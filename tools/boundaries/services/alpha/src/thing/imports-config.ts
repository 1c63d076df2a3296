// violates rules-stay-pure/config
export { config } from '../alpha.config.js';
