import { IsInstant } from '@baton/contracts';
import { IsNumber } from 'class-validator';

export class DueResponse {
  @IsInstant() readonly due!: string;
}

export class ElapsedResponse {
  /** Working time with milliseconds as a fraction; negative when the end is before the start. */
  @IsNumber() readonly seconds!: number;
}
