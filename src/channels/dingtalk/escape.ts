/** Characters that act in DingTalk's Markdown, and what looks like them and does nothing. */
const WIDE = new Map(
  [...'[]<>*`~|\\'].map((mark) => [mark, String.fromCharCode(mark.charCodeAt(0) + 0xfee0)]),
)

/**
 * Text as it is, in DingTalk's Markdown. Which escapes DingTalk's clients know is not documented, so what would act
 * is shown by its wide form: whatever the client, it cannot link, hide or swallow anything.
 */
export function escapeMarkdown(text: string): string {
  return withoutSchemes(text)
    .replace(/[[\]<>*`~|\\]/g, (mark) => WIDE.get(mark) ?? mark)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿')
    .replace(/&(?=#?\w+;)/g, '＆')
    .replace(/^(\s*)([#+=-])/gm, (_whole, blanks: string, mark: string) => `${blanks}${wide(mark)}`)
}

/** Addresses of DingTalk's own schemes speak in the name of whoever touches them, even in plain text. */
export function withoutSchemes(text: string): string {
  return text.replace(/\b(dtmd|dingtalk[\w-]*|alipays?):(?=\/\/)/giu, '$1：')
}

function wide(mark: string): string {
  return String.fromCharCode(mark.charCodeAt(0) + 0xfee0)
}
