export { test } from './thing.spec.js';
