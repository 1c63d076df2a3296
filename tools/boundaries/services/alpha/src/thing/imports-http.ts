// violates rules-stay-pure/http
export { http } from './thing.http.js';
