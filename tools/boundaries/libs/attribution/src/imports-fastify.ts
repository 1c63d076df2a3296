// violates shared-libs-stay-pure/attribution-fastify
export { fastify } from 'fastify';
