// violates production-without-tests/example
export { example } from './thing.example.js';
