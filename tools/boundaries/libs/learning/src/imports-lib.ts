// violates shared-libs-stay-pure/learning-lib
export { wire } from '../../wire/src/wire.js';
