import { IsBoolean, IsInt, IsNumber, IsString } from 'class-validator';
import type { Account } from './account.js';

/** What is known of a company as a whole. */
export class AccountSummary {
  @IsString() readonly domain!: string;
  /** The company that most of its leads name; else the domain. */
  @IsString() readonly name!: string;
  /** Its leads. */
  @IsInt() readonly people!: number;
  /** Those with points for engagement. */
  @IsInt() readonly engagedPeople!: number;
  /** Points for engagement of all of them, as last published. */
  @IsNumber() readonly points!: number;
  /** One of them has a deal that was won. */
  @IsBoolean() readonly isCustomer!: boolean;
}

export const toAccountSummary = ({
  domain,
  name,
  people,
  engagedPeople,
  points,
  isCustomer,
}: Account): AccountSummary => ({
  domain,
  name,
  people,
  engagedPeople,
  points,
  isCustomer,
});
