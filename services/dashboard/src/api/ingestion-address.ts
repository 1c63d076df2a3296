/**
 * The address at which web sites reach ingestion, as the gateway wrote it into the document; undefined when the operators did
 * not set it, or for a page that the gateway did not serve.
 */
export const ingestionAddress = (): string | undefined => {
  const content = document.querySelector<HTMLMetaElement>('meta[name="ingestion-url"]')?.content ?? '';
  return URL.canParse(content) ? content : undefined;
};
