// violates rules-stay-pure/client
export { client } from './thing.client.js';
