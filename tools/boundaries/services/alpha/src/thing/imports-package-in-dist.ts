// violates rules-stay-pure/package
export * as cookie from 'cookie';
