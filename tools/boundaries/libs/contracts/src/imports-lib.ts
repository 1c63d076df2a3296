// violates shared-libs-stay-pure/contracts-lib
export { wire } from '../../wire/src/wire.js';
