// violates shared-libs-stay-pure/contracts-nestjs
export { Injectable } from '@nestjs/common';
