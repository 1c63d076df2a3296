// violates shared-libs-stay-pure/contracts-fastify
export { fastify } from 'fastify';
