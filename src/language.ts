/** The two languages of the product, as BCP 47 tags. */
export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** A text in every language of the product. */
export type Text = Readonly<Record<Language, string>>

/** Picks the product language nearest to a BCP 47 tag such as `zh-Hant-TW` or `en-GB`; undefined for others. */
export function nearestLanguage(tag: string | undefined): Language | undefined {
  const primary = tag?.toLowerCase().split(/[-_]/)[0]
  if (primary === 'zh') return 'zh-CN'
  if (primary === 'en') return 'en'
  return undefined
}
