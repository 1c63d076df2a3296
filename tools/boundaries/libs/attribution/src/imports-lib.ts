// violates shared-libs-stay-pure/attribution-lib
export { wire } from '../../wire/src/wire.js';
