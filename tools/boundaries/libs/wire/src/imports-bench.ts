// violates production-without-tests/bench
export { bench } from '../../../bench/bench.js';
