/** The tag in its canonical spelling, or undefined where it is not a BCP 47 tag. `zh_CN` is read as `zh-CN`. */
export function readLocale(tag: string | null | undefined): string | undefined {
  if (!tag) return undefined
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0]
  } catch {
    return undefined
  }
}

/** The first language of an Accept-Language header: browsers put the preferred one there. */
export function firstLanguage(header: string | undefined): string | undefined {
  return readLocale(header?.split(',')[0]?.split(';')[0])
}
