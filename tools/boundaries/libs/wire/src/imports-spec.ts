// violates production-without-tests/spec
export { test } from './thing.spec.js';
