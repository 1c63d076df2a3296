// violates rules-stay-pure/handler
export { handler } from './on-thing-done.js';
