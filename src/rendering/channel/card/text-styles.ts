import type { Typing } from '../../message.ts'

/** What a payload takes of a typed answer is more; no question wants it. */
export const MOST_TYPED = 500

/** How a field of a card is typed into. */
export const TEXT_STYLES: Readonly<Record<Typing, object>> = {
  text: {},
  tel: { style: 'Tel' },
  email: { style: 'Email' },
  url: { style: 'Url' },
  long: { isMultiline: true },
}
