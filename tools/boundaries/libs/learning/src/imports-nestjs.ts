// violates shared-libs-stay-pure/learning-nestjs
export { Injectable } from '@nestjs/common';
