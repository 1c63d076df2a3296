/** Raised when a model gives other credits for the same paths, so that a figure can be told from an older one. */
export const ATTRIBUTION_VERSION = 3;
