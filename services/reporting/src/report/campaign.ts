/** A campaign's name without regard to case and surrounding space: `Spring ` and `spring` are one campaign. Empty: none. */
export const campaignKeyOf = (name: string): string => name.trim().normalize('NFC').toLowerCase();
