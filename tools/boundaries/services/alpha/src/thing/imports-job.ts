// violates rules-stay-pure/job
export { job } from './thing.job.js';
