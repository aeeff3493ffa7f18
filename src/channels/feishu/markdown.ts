import type { Element, Line } from '../messaging/rich-text.ts'

const EMOJI: Readonly<Record<string, string>> = { warning: '⚠️', no_entry: '⛔', white_check_mark: '✅' }

/** A line in the Markdown of Feishu's cards. Nothing a person wrote acts in it: no mention, link, picture or format. */
export function toMarkdown({ elements }: Line): string {
  return elements.map(elementToMarkdown).join('')
}

function elementToMarkdown(element: Element): string {
  switch (element.type) {
    case 'emoji':
      return EMOJI[element.name] ?? ''
    case 'link':
      return `[${escaped(element.text)}](${address(element.url)})`
    case 'text':
      return element.style?.bold ? bold(element.text) : escaped(element.text)
  }
}

/** Marks count as such only beside a letter within or a blank without. */
function bold(text: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? []
  if (inner === '') return escaped(text)
  const opening = /^[\p{L}\p{N}]/u.test(inner) ? '' : ' '
  const closing = /[\p{L}\p{N}]$/u.test(inner) ? '' : ' '
  return `${escaped(before)}${opening}**${escaped(inner)}**${closing}${escaped(after)}`
}

/** Each mark as the entity by which the platform shows it as it is; blanks in a row would become one. */
function escaped(text: string): string {
  return text
    .replace(/[!-/:-@[-`{-~]/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replace(/ {2,}/g, (blanks) => '&nbsp;'.repeat(blanks.length))
}

/** Nothing in the address ends the link before its end. */
function address(url: string): string {
  return url.replace(/[()<>[\]\\`*"\s]/g, (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
