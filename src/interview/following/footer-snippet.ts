import type { Assessment } from '../../rules/assess/assess.ts'
import type { Ruling } from '../../rules/assess/ruling.ts'
import { numberToShow } from './filing-number.ts'

export interface SnippetWords {
  /** Copyright line as it stands on the page, with `{name}`: Chinese, like the page. */
  readonly copyright: string
  /** Comment that marks where number and icon of the public-security filing go. */
  readonly badge: string
}

export interface Snippet {
  /** One line of HTML. */
  readonly html: string
  readonly number: string
  /** The rules it follows, to be cited beside it. */
  readonly rules: readonly Ruling[]
}

/**
 * What to paste at the foot of every page: right number, link, copyright line where the province asks for one,
 * place for the badge. Undefined while the number to show is not known.
 * @param name the entity's; the copyright line is left out without it
 */
export function footerSnippet(
  assessment: Assessment,
  {
    link,
    number,
    name,
  }: { readonly link: string; readonly number: string; readonly name: string | undefined },
  words: SnippetWords,
): Snippet | undefined {
  const shown = numberToShow(assessment, number)
  if (shown === undefined) return undefined
  const rules = assessment.footer.filter(({ certain, result }) => certain && result !== 'electronic-mark')
  const asks = (result: string) => rules.some((rule) => rule.result === result)
  const parts = [
    ...(asks('copyright-required') && name !== undefined
      ? [`<p>${escapeHtml(words.copyright.replace('{name}', () => name))}</p>`]
      : []),
    `<p><a href="${escapeHtml(link)}" target="_blank" rel="noopener">${escapeHtml(shown)}</a></p>`,
    ...(asks('police-badge') ? [`<!-- ${words.badge} -->`] : []),
  ]
  return { html: `<footer style="text-align:center">${parts.join('')}</footer>`, number: shown, rules }
}

export function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': 'amp',
    '<': 'lt',
    '>': 'gt',
    '"': 'quot',
    "'": '#39',
  }
  return text.replace(/[&<>"']/g, (character) => `&${names[character] ?? ''};`)
}
