/** Where a value stands in a store: what it belongs to, whatever the store writes it with. */
export type Place =
  | { readonly kind: 'document'; readonly key: string }
  | { readonly kind: 'entry'; readonly log: string; readonly id: string }
  | { readonly kind: 'item'; readonly queue: string; readonly id: string }
