// violates rules-stay-pure/lib
export { built } from '../../../../libs/wire/dist/index.js';
