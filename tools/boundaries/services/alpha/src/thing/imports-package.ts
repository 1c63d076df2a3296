// violates rules-stay-pure/package
export { Injectable } from '@nestjs/common';
