// violates rules-stay-pure/request
export { request } from './thing.request.js';
