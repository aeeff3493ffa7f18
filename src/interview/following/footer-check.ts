import { markedNumbers } from '../../rules/values/filing-marks.ts'
import type { ValueBook } from '../../rules/values/value-book.ts'

/** What a page shows, as far as the check looks at it. */
export interface PageContent {
  /** Where it was read in the end, after redirects. */
  readonly address: string
  readonly text: string
  readonly links: readonly { readonly href: string; readonly text: string }[]
}

export type FooterFinding =
  | { readonly kind: 'right'; readonly number: string }
  /** Right number and link, at `http:` or an old host of the ministry's. */
  | { readonly kind: 'old-link'; readonly number: string; readonly href: string }
  | { readonly kind: 'no-link'; readonly number: string }
  | { readonly kind: 'link-elsewhere'; readonly number: string; readonly href: string }
  /** The entity's number where the website's belongs, or the other way round. */
  | { readonly kind: 'other-form'; readonly found: string; readonly number: string }
  | { readonly kind: 'other-number'; readonly found: string; readonly number: string }
  | { readonly kind: 'no-number'; readonly number: string }

const MOST_NUMBERS = 500

export interface Expected {
  readonly number: string
  readonly link: string
  readonly oldHosts: readonly string[]
}

/** Judges the foot of a page: the first thing that is wrong, or that all is right. */
export function checkFooter(
  values: ValueBook,
  page: PageContent,
  { number, link, oldHosts }: Expected,
): FooterFinding {
  const found = numbersIn(values, page.text)
  if (found.length === 0) return { kind: 'no-number', number }
  if (!found.includes(number)) {
    const [first = ''] = found
    const form = found.find((other) => entityOf(other) === entityOf(number))
    return form === undefined
      ? { kind: 'other-number', found: first, number }
      : { kind: 'other-form', found: form, number }
  }
  const around = page.links.filter((one) => numbersIn(values, one.text).includes(number))
  const right = new URL(link).host
  // Some pages put the link beside the number instead of around it.
  const candidates = [
    ...around,
    ...page.links.filter((one) => [right, ...oldHosts].includes(hostOf(one.href, page))),
  ]
  if (candidates.some(({ href }) => hostOf(href, page) === right && isSecure(href, page)))
    return { kind: 'right', number }
  const [first] = candidates
  if (!first) return { kind: 'no-link', number }
  const known = [right, ...oldHosts].includes(hostOf(first.href, page))
  return { kind: known ? 'old-link' : 'link-elsewhere', number, href: first.href.slice(0, 200) }
}

/** A number as pages write it, cut out of what stands around it: "…号-1 © 2026" has the suffix 1. */
const NUMBER =
  /\p{Script=Han}?\s?icp\s?[备備]\s?案?\s?\d[\d ]{5,11}\s?[号號]?(?:\s?-\s?\d{1,4}[a-z]?(?![a-z0-9]))?/giu

function numbersIn(values: ValueBook, text: string): readonly string[] {
  const plain = text.normalize('NFKC').replace(/[‐-―−]/g, '-')
  const found = (plain.match(NUMBER) ?? [])
    .slice(0, MOST_NUMBERS)
    .flatMap((piece) => markedNumbers(piece, values) ?? [])
    .filter(({ family }) => family === 'filing')
    .map(
      ({ region, mark, digits, suffix }) =>
        `${region?.mark ?? mark}ICP备${digits}号${suffix && `-${suffix}`}`,
    )
  return [...new Set(found)]
}

function entityOf(number: string): string {
  return number.replace(/-[^-]*$/, '')
}

function hostOf(href: string, { address }: PageContent): string {
  return URL.canParse(href, address) ? new URL(href, address).host : ''
}

function isSecure(href: string, { address }: PageContent): boolean {
  return URL.canParse(href, address) && new URL(href, address).protocol === 'https:'
}
