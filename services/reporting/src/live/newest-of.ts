/** When the newest of these was published. */
export const newestOf = (messages: readonly { readonly time: Date }[]): Date =>
  new Date(Math.max(...messages.map((message) => message.time.getTime())));
