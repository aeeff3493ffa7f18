/**
 * Text as Slack writes it, as a person reads it: names in angle brackets become words again, then the three escaped
 * characters. `without` is the user whose mention is left out.
 */
export function fromSlackText(text: string, without: string | undefined): string {
  return text
    .replace(/<([^<>]*)>/g, (_whole, inside: string) => {
      const [what = '', label] = inside.split('|', 2)
      return what === `@${without ?? ''}` ? ' ' : (label ?? what)
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
}

/** Nothing in the text mentions anybody or links anywhere: `<!channel>` is four words' worth of characters. */
export function toSlackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
