// violates rules-stay-pure/use-case
export { AcceptThing } from './accept-thing.js';
