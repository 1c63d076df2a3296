import { describe, expect, it } from '@jest/globals';
import { lackOf, tagsOf, type Needs } from './needs.js';

const ID = '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001';
const tags = tagsOf({
  skills: ['Banking', ' Köln '],
  languages: ['de-AT', 'EN'],
  territories: ['DACH', 'FR'],
});

describe('what a seller lacks', () => {
  it.each<[Needs, string | undefined]>([
    [{}, undefined],
    [{ sellers: [ID] }, undefined],
    [{ sellers: ['other'] }, 'is not named by the rule'],
    [{ skills: ['banking', 'koln'] }, undefined],
    [{ skills: ['Banking', 'Retail', 'Energy'] }, 'lacks the skill Retail, Energy'],
    [{ languages: ['DE', 'en'] }, undefined],
    [{ languages: ['de-at'] }, undefined],
    [{ languages: ['de-CH'] }, 'does not speak de-CH'],
    [{ languages: ['en-GB', 'fr'] }, 'does not speak en-GB, fr'],
    [{ languages: ['d'] }, 'does not speak d'],
    [{ territories: ['Bavaria', 'dach'] }, undefined],
    [{ territories: ['IT', 'South'] }, 'covers no territory of the lead (IT, South)'],
    [{ territories: [] }, 'covers no territory of the lead, which is in none'],
    [{ skills: ['Banking'], languages: ['it'], territories: ['FR'] }, 'does not speak it'],
  ])('of %j: %s', (needs, lack) => {
    expect(lackOf(ID, tags, needs)).toBe(lack);
  });
});
