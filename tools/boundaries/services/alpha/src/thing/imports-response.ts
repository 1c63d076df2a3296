// violates rules-stay-pure/response
export { response } from './thing.response.js';
